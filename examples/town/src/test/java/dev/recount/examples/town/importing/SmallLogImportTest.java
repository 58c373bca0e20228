package dev.recount.examples.town.importing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.recount.EventLog;
import dev.recount.codec.RecordedEvent;
import dev.recount.event.Metadata;
import dev.recount.examples.town.Bead;
import dev.recount.examples.town.Status;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownLog;
import dev.recount.examples.town.TownProjector;
import dev.recount.store.Query;
import dev.recount.store.memory.MemoryEventStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SmallLogImportTest {

    private static final String CREATED = row("1", "b1", "created", "", "", "");
    private static final String STARTED = row("2", "b1", "status_changed", "", "{\"status\":\"in_progress\"}", "");
    private static final String CLOSED = row("3", "b1", "closed", "", "done", "");

    @TempDir
    private Path folder;

    private final EventLog<TownEvent> rig = TownLog.in(MemoryEventStore.create());

    private static String row(String id, String bead, String type, String before, String after, String comment) {
        return "{\"id\":" + id + ",\"issue_id\":\"" + bead + "\",\"event_type\":\"" + type
                + "\",\"actor\":\"ann\",\"old_value\":" + quoted(before) + ",\"new_value\":" + quoted(after)
                + ",\"comment\":" + quoted(comment) + ",\"created_at\":\"2026-03-01T12:00:0" + bead.length() + "Z\"}";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\\\"") + '"';
    }

    private ImportReport read(String... lines) {
        try {
            Path file = folder.resolve("events.jsonl");
            Files.writeString(file, String.join("\n", lines));
            return BeadsImport.into(rig).read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Bead bead(String id) {
        return rig.replay(new TownProjector()).run().state().bead(id).orElseThrow();
    }

    private List<TownEvent> events() {
        List<TownEvent> events = new ArrayList<>();
        for (RecordedEvent<TownEvent> recorded : rig.read(Query.all())) {
            events.add(recorded.event());
        }
        return events;
    }

    @Nested
    class A_bead_that_is_first_seen_in_the_middle_of_its_life {

        @Test
        void is_observed_with_what_its_row_shows() {
            read(row(
                    "7",
                    "b1",
                    "updated",
                    "{\"id\":\"b1\",\"title\":\"T\",\"status\":\"hooked\",\"priority\":0,\"issue_type\":\"chore\","
                            + "\"owner\":\"ann\"}",
                    "{\"notes\":\"n\"}",
                    ""));

            assertThat(events()).hasExactlyElementsOfTypes(TownEvent.BeadObserved.class, TownEvent.FieldsUpdated.class);
            assertThat(bead("b1").status()).isEqualTo(Status.of("hooked"));
            assertThat(bead("b1").details().get("type")).isEqualTo("chore");
            assertThat(bead("b1").details().get("priority")).isEqualTo("critical");
            assertThat(bead("b1").details().get("owner")).isEqualTo("ann");
            assertThat(bead("b1").details().get("notes")).isEqualTo("n");
        }

        @Test
        void is_observed_without_a_guess_where_its_row_shows_nothing() {
            read(CLOSED);

            TownEvent.BeadObserved seen = (TownEvent.BeadObserved) events().get(0);
            assertThat(seen.status()).isEqualTo(Status.UNKNOWN);
            assertThat(bead("b1").details().title()).isNull();
            assertThat(bead("b1").status()).isEqualTo(Status.CLOSED);
            assertThat(bead("b1").outcome()).isEqualTo("done");
        }
    }

    @Nested
    class What_no_row_reports {

        @Test
        void becomes_events_when_a_later_row_shows_it() {
            read(
                    CREATED,
                    row("9", "b1", "updated", "{\"status\":\"closed\",\"assignee\":\"bob\"}", "{\"x\":\"y\"}", ""));

            assertThat(events())
                    .hasExactlyElementsOfTypes(
                            TownEvent.BeadCreated.class,
                            TownEvent.BeadClosed.class,
                            TownEvent.BeadAssigned.class,
                            TownEvent.FieldsUpdated.class);
            assertThat(events().get(1).reason()).isEqualTo("shown by a later row, reported by none");
            assertThat(bead("b1").assignee()).isEqualTo("bob");
        }
    }

    @Nested
    class Rows {

        @Test
        void labels_are_taken_from_comments() {
            ImportReport report = read(
                    CREATED,
                    row("4", "b1", "label_added", "", "", "Added label: gt:rig"),
                    row("5", "b1", "label_added", "", "", "Added label: other"),
                    row("6", "b1", "label_removed", "", "", "Removed label: other"),
                    row("7", "b1", "label_added", "", "", "nothing of use"));

            assertThat(bead("b1").labels()).containsExactly("gt:rig");
            assertThat(report.unresolved()).hasSize(1);
            assertThat(report.unresolved().get(0).line()).isEqualTo(5);
            assertThat(report.unresolved().get(0).reason()).contains("'nothing of use' does not name a label");
        }

        @Test
        void renaming_moves_the_bead_with_all_it_has() {
            read(CREATED, STARTED, row("5", "b2", "renamed", "b1", "b2", ""));

            assertThat(bead("b2").status()).isEqualTo(Status.IN_PROGRESS);
            assertThat(rig.replay(new TownProjector()).run().state().bead("b1")).isEmpty();
        }

        @Test
        void creating_again_opens_the_bead_again() {
            read(CREATED, CLOSED, row("5", "b1", "created", "", "", ""));

            assertThat(bead("b1").status()).isEqualTo(Status.OPEN);
            assertThat(bead("b1").closedAt()).isNull();
        }

        @Test
        void priorities_and_statuses_beyond_the_known_words_are_kept() {
            read(CREATED, row("2", "b1", "updated", "", "{\"priority\":4,\"status\":\"pinned\"}", ""));

            assertThat(bead("b1").details().get("priority")).isEqualTo("4");
            assertThat(bead("b1").status().word()).isEqualTo("pinned");
        }

        @Test
        void unique_ids_are_as_good_as_numbers_and_keep_the_order_of_the_file() {
            ImportReport report = read(
                    row("\"f81d4fae\"", "b1", "created", "", "", ""),
                    row("\"00000001\"", "b1", "closed", "", "done", ""));

            assertThat(report.unresolved()).isEmpty();
            assertThat(bead("b1").status()).isEqualTo(Status.CLOSED);
        }

        @Test
        void what_cannot_be_resolved_is_reported_with_its_line_and_the_rest_is_taken() {
            ImportReport report = read(
                    CREATED,
                    "not json",
                    "",
                    "{\"id\":8,\"event_type\":\"closed\",\"issue_id\":\"\",\"created_at\":\"2026-03-01T12:00:00Z\"}",
                    row("9", "b1", "compacted", "", "", ""),
                    row("10", "b1", "updated", "", "only text", ""),
                    "{\"id\":11,\"event_type\":\"closed\",\"issue_id\":\"b1\",\"created_at\":\"yesterday\"}",
                    row("12", "b1", "closed", "", "done", ""));

            assertThat(report.read()).isEqualTo(7);
            assertThat(report.unresolved())
                    .extracting(Unresolved::line, Unresolved::reason)
                    .containsExactly(
                            tuple(2L, "the line is not a JSON object"),
                            tuple(4L, "issue_id is missing"),
                            tuple(5L, "event_type 'compacted' is not one that a town knows"),
                            tuple(6L, "new_value does not say what updated changed"),
                            tuple(7L, "created_at 'yesterday' is not an ISO-8601 time with an offset"));
            assertThat(bead("b1").status()).isEqualTo(Status.CLOSED);
        }

        @Test
        void numbers_that_are_out_of_order_are_put_in_order() {
            read(CLOSED, CREATED, STARTED);

            assertThat(events())
                    .hasExactlyElementsOfTypes(
                            TownEvent.BeadCreated.class, TownEvent.StatusChanged.class, TownEvent.BeadClosed.class);
        }

        @Test
        void times_with_offsets_are_kept_as_the_same_moment() {
            read("{\"seq\":1,\"committed_at\":\"2026-03-01T04:00:00-08:00\",\"committer\":\"o\",\"type\":\"created\","
                    + "\"bead_id\":\"b1\",\"bead\":{\"title\":\"T\",\"status\":\"open\"}}");

            assertThat(events().get(0).occurredAt()).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
        }
    }

    @Nested
    class Importing_again {

        @Test
        void stores_nothing_new() {
            read(CREATED, STARTED, CLOSED);
            ImportReport again = read(CREATED, STARTED, CLOSED);

            assertThat(again.events()).isZero();
            assertThat(again.read()).isEqualTo(3);
            assertThat(again.entities()).isEqualTo(1);
            assertThat(events()).hasSize(3);
        }

        @Test
        void a_log_that_has_grown_stores_the_new_rows_only() {
            read(CREATED, STARTED);
            ImportReport grown = read(CREATED, STARTED, CLOSED);

            assertThat(grown.events()).isEqualTo(1);
            assertThat(bead("b1").status()).isEqualTo(Status.CLOSED);
        }

        @Test
        void a_file_that_lost_its_tail_is_completed_by_the_whole_one() {
            String[] all = new String[1_000];
            for (int i = 0; i < all.length; i++) {
                all[i] = row(String.valueOf(i + 1), "b" + i % 7, i < 7 ? "created" : "closed", "", "reason " + i, "");
            }
            read(Arrays.copyOf(all, 613));
            ImportReport whole = read(all);

            assertThat(whole.events()).isEqualTo(387);
            assertThat(events()).hasSize(1_000);
        }

        @Test
        void a_known_id_with_other_content_is_reported_and_what_is_stored_stays() {
            read(CREATED, CLOSED);
            ImportReport other = read(CREATED, row("3", "b1", "closed", "", "another reason", ""));

            assertThat(other.events()).isZero();
            assertThat(other.unresolved())
                    .containsExactly(new Unresolved(
                            "events.jsonl", 2, "row 3 was imported before with other content, which stays as it is"));
            assertThat(bead("b1").outcome()).isEqualTo("done");
        }

        @Test
        void an_id_that_stands_twice_in_a_file_is_reported() {
            ImportReport report = read(CREATED, STARTED, STARTED);

            assertThat(report.events()).isEqualTo(2);
            assertThat(report.unresolved())
                    .containsExactly(
                            new Unresolved("events.jsonl", 3, "row 2 stands in the file before; the first one counts"));
        }

        @Test
        void events_say_where_they_came_from() {
            read(CREATED);

            Metadata metadata = rig.read(Query.all()).iterator().next().stored().metadata();
            assertThat(metadata.get("origin")).contains("import");
            assertThat(metadata.get("source")).contains("row 1");
        }
    }

    @Test
    void a_packed_history_is_unpacked_on_the_way() throws IOException {
        Path file = folder.resolve("history.jsonl.gz");
        String history = "{\"seq\":1,\"committed_at\":\"2026-03-01T12:00:00Z\",\"type\":\"created\",\"bead_id\":\"b1\","
                + "\"bead\":{\"title\":\"T\",\"status\":\"open\",\"labels\":[\"x\"]}}\n"
                + "{\"seq\":2,\"committed_at\":\"2026-03-01T12:00:00Z\",\"type\":\"closed\",\"bead_id\":\"b1\","
                + "\"changes\":{\"status\":[\"open\",\"closed\"],\"labels\":[[\"x\"],[\"y\"]]}}\n"
                + "{\"seq\":3,\"committed_at\":\"2026-03-01T12:00:00Z\",\"type\":\"fields_updated\",\"bead_id\":\"b2\","
                + "\"changes\":{\"title\":[null,\"Late\"]}}\n"
                + "{\"seq\":4,\"committed_at\":\"2026-03-01T12:00:00Z\",\"type\":\"removed\",\"bead_id\":\"b2\"}\n";
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(history.getBytes(UTF_8));
        }

        ImportReport report = BeadsImport.into(rig).read(file);

        assertThat(report.unresolved()).isEmpty();
        assertThat(report.entities()).isEqualTo(2);
        assertThat(bead("b1").labels()).containsExactly("y");
        assertThat(rig.replay(new TownProjector()).run().state().bead("b2")).isEmpty();
    }

    @Test
    void a_missing_file_is_named() {
        assertThatThrownBy(() -> BeadsImport.into(rig).read(folder.resolve("none.jsonl")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none.jsonl");
    }

    @Test
    void a_comparison_names_every_field_that_differs_with_the_last_event_of_its_bead() throws IOException {
        read(CREATED, STARTED, row("4", "b2", "closed", "", "done", ""));
        Path file = folder.resolve("issues.jsonl");
        Files.writeString(file, """
                {"id":"b1","status":"open","title":"T","labels":[]}
                {"id":"b3","status":"open"}
                """);

        Comparison comparison = Expectation.read(file)
                .compare(rig.replay(new TownProjector()).run().state(), rig);

        assertThat(comparison.compared()).isEqualTo(1);
        assertThat(comparison.agreeing()).isZero();
        assertThat(comparison.diverging())
                .containsExactly(
                        new Divergence("b1", "status", "open", "in_progress", 2, "the events tell another value"),
                        new Divergence("b1", "title", "T", "", 2, "no event tells it"));
        assertThat(comparison.missing()).containsExactly("b3");
        assertThat(comparison.extra()).containsExactly("b2");
        assertThat(comparison.isEqual()).isFalse();
    }
}
