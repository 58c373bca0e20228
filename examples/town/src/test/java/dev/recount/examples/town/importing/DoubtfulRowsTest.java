package dev.recount.examples.town.importing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.recount.EventLog;
import dev.recount.examples.town.Bead;
import dev.recount.examples.town.Status;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownLog;
import dev.recount.examples.town.TownProjector;
import dev.recount.store.memory.MemoryEventStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an import reports rather than guesses at. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DoubtfulRowsTest {

    private static final String CREATED = row("1", "created", "\"\"");
    private static final String CLOSED = row("2", "closed", "\"done\"");
    private static final String REOPENED = row("3", "reopened", "{\"status\":\"open\"}");
    private static final String UPDATED = row("4", "updated", "{\"notes\":\"n\"}");

    @TempDir
    private Path folder;

    private final EventLog<TownEvent> rig = TownLog.in(MemoryEventStore.create());

    private static String row(String id, String type, String after) {
        return "{\"id\":" + id + ",\"issue_id\":\"b1\",\"event_type\":\"" + type + "\",\"actor\":\"ann\",\"new_value\":"
                + after + ",\"created_at\":\"2026-03-01T12:00:00Z\"}";
    }

    private static String change(String seq, String changes) {
        return "{\"seq\":" + seq + ",\"committed_at\":\"2026-03-01T12:00:00Z\",\"type\":\"fields_updated\","
                + "\"bead_id\":\"b1\",\"changes\":" + changes + "}";
    }

    private ImportReport read(String... lines) throws IOException {
        Path file = folder.resolve("events.jsonl");
        Files.write(file, List.of(lines));
        return BeadsImport.into(rig).read(file);
    }

    private Bead bead() {
        return rig.replay(new TownProjector()).run().state().bead("b1").orElseThrow();
    }

    @Nested
    class A_late_row {

        @Test
        void that_was_malformed_at_first_is_not_applied_behind_newer_ones() throws IOException {
            read(CREATED, "not json", REOPENED, UPDATED);
            ImportReport repaired = read(CREATED, CLOSED, REOPENED, UPDATED);

            assertThat(bead().status()).isEqualTo(Status.OPEN);
            assertThat(repaired.events()).isZero();
            assertThat(repaired.unresolved())
                    .containsExactly(new Unresolved(
                            "events.jsonl",
                            2,
                            "row 2 comes before a row of bead 'b1' that is stored already, and is not applied behind it;"
                                    + " import the whole file into a new rig"));
        }

        @Test
        void that_comes_in_a_file_of_its_own_is_not_applied_either() throws IOException {
            read(CREATED, REOPENED);
            ImportReport late = read(CLOSED);

            assertThat(bead().status()).isEqualTo(Status.OPEN);
            assertThat(late.unresolved()).extracting(Unresolved::line).containsExactly(1L);
        }

        @Test
        void without_a_number_is_told_by_its_place_in_the_file() throws IOException {
            String created = row("\"c\"", "created", "\"\"");
            String closed = row("\"b\"", "closed", "\"done\"");
            String reopened = row("\"a\"", "reopened", "{\"status\":\"open\"}");
            String grown = row("\"0\"", "updated", "{\"notes\":\"n\"}");
            read(created, reopened);
            ImportReport whole = read(created, closed, reopened, grown);

            assertThat(bead().status()).isEqualTo(Status.OPEN);
            assertThat(bead().details().get("notes")).isEqualTo("n");
            assertThat(whole.unresolved()).extracting(Unresolved::line).containsExactly(2L);
        }

        @Test
        void about_the_former_id_of_a_renamed_bead_is_not_applied() throws IOException {
            String renamed = row("5", "renamed", "\"b2\"")
                    .replace("\"issue_id\":\"b1\"", "\"issue_id\":\"b2\",\"old_value\":\"b1\"");
            read(CREATED, renamed);
            ImportReport whole = read(CREATED, UPDATED, renamed);

            assertThat(whole.events()).isZero();
            assertThat(whole.unresolved()).extracting(Unresolved::line).containsExactly(2L);
        }

        @Test
        void of_another_bead_is_applied() throws IOException {
            String other = CLOSED.replace("b1", "b9");
            read(CREATED, "not json", REOPENED);
            ImportReport repaired = read(CREATED, other, REOPENED);

            assertThat(repaired.unresolved()).isEmpty();
            assertThat(repaired.events()).isPositive();
        }
    }

    @Nested
    class A_value_of_another_kind {

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                quoteCharacter = '`',
                value = {
                    "labels; \"x\"; a list of texts",
                    "labels; [5]; a list of texts",
                    "labels; [null]; a list of texts",
                    "title; [\"T\"]; a text",
                    "description; {\"a\":1}; a text",
                    "notes; true; a text",
                    "status; 3; a text",
                    "assignee; 7; a text",
                    "priority; 2.5; an integer or a text",
                    "priority; 4294967296; an integer or a text"
                })
        void is_reported_and_nothing_of_its_row_is_stored(String field, String value, String expected)
                throws IOException {
            ImportReport report =
                    read(CREATED, row("2", "updated", "{\"design\":\"d\",\"" + field + "\":" + value + "}"));
            ImportReport history =
                    read(change("1", "{\"design\":[null,\"d\"],\"" + field + "\":[null," + value + "]}"));

            String reason = field + ' ' + value + " is not " + expected;
            assertThat(report.unresolved()).containsExactly(new Unresolved("events.jsonl", 2, reason));
            assertThat(report.events()).isEqualTo(1);
            assertThat(history.unresolved()).containsExactly(new Unresolved("events.jsonl", 1, reason));
            assertThat(history.events()).isZero();
        }

        @Test
        void is_none_where_a_priority_is_an_integer_a_text_or_nothing() throws IOException {
            ImportReport report = read(
                    CREATED,
                    row("2", "updated", "{\"priority\":0}"),
                    row("3", "updated", "{\"priority\":null,\"assignee\":null,\"labels\":null}"),
                    row("4", "updated", "{\"title\":\"T\",\"priority\":\"odd\"}"));

            assertThat(report.unresolved()).isEmpty();
            assertThat(bead().details().get("priority")).isEqualTo("odd");
        }

        @Test
        void is_a_change_that_is_no_pair() throws IOException {
            ImportReport report = read(change("1", "{\"title\":\"T\"}"));

            assertThat(report.unresolved())
                    .containsExactly(
                            new Unresolved("events.jsonl", 1, "title does not say what it was and what it is"));
        }
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_row() throws IOException {
        Path packed = folder.resolve("events.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(('\uFEFF' + CREATED + '\n').getBytes(UTF_8));
        }

        ImportReport plain = read('\uFEFF' + CREATED, CLOSED);
        ImportReport again = BeadsImport.into(rig).read(packed);

        assertThat(plain.unresolved()).isEmpty();
        assertThat(plain.events()).isEqualTo(2);
        assertThat(again.unresolved()).isEmpty();
    }

    @Test
    void a_row_without_a_number_among_rows_out_of_order_is_reported_and_the_others_are_sorted() throws IOException {
        ImportReport report = read(REOPENED, row("\"x\"", "updated", "{\"notes\":\"n\"}"), CLOSED, CREATED);

        assertThat(bead().status()).isEqualTo(Status.OPEN);
        assertThat(report.read()).isEqualTo(4);
        assertThat(report.unresolved())
                .extracting(Unresolved::line, Unresolved::reason)
                .containsExactly(tuple(
                        2L,
                        "its number 'x' is not an integer, so that it has no place among the others, which stand out of"
                                + " order; give it one, or put the file in order"));
    }
}
