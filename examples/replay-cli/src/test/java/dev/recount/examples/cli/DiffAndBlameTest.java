package dev.recount.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.EventLog;
import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.examples.town.BeadCommand;
import dev.recount.examples.town.BeadDetails;
import dev.recount.examples.town.BeadType;
import dev.recount.examples.town.Status;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownLog;
import dev.recount.store.AppendCondition;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DiffAndBlameTest {

    @TempDir
    Path folder;

    @Nested
    class diff {

        @Test
        void from_before_the_first_event_tells_all_rows() {
            Cli told = Cli.run("diff", Rigs.audited(folder), "--model", "beads", "--from", 0, "--json");

            assertThat(told.status()).as(told.err()).isZero();
            assertThat(told.json().fieldNames())
                    .toIterable()
                    .containsExactly("model", "from", "to", "skipped", "floor", "changed", "added", "removed");
            assertThat(told.json().path("added")).containsExactly(Cli.parse("\"gt-1\""), Cli.parse("\"gt-2\""));
            assertThat(told.json().path("changed")).isEmpty();
        }

        @Test
        void tells_each_field_that_changed_and_the_event_that_changed_it() {
            Path rig = Rigs.audited(folder);

            JsonNode told = Cli.run("diff", rig, "--model", "beads", "--from", 1, "--json")
                    .json();

            assertThat(told.path("added")).containsExactly(Cli.parse("\"gt-2\""));
            assertThat(told.path("changed"))
                    .contains(
                            Cli.parse("{\"key\":\"gt-1\",\"field\":\"status\",\"before\":\"open\",\"after\":\"closed\","
                                    + "\"lastSequence\":" + last(rig, "closed") + "}"))
                    .contains(Cli.parse("{\"key\":\"gt-1\",\"field\":\"title\",\"before\":null,\"after\":\"First\","
                            + "\"lastSequence\":" + last(rig, "fields_updated") + "}"));
        }

        @Test
        void may_go_back_in_time() {
            JsonNode told = Cli.run("diff", Rigs.audited(folder), "--model", "beads", "--from", 99, "--to", 1, "--json")
                    .json();

            assertThat(told.path("to").longValue()).isEqualTo(1);
            assertThat(told.path("removed")).containsExactly(Cli.parse("\"gt-2\""));
        }

        @Test
        void takes_times_also_those_before_the_first_event() {
            Instant start = Instant.parse("2026-03-01T10:00:00Z");
            Path rig = Rigs.storedAt(folder, start, start.plusSeconds(60));

            JsonNode told = Cli.run(
                            "diff",
                            rig,
                            "--model",
                            "beads",
                            "--from",
                            "2000-01-01T00:00:00Z",
                            "--to",
                            start.plusSeconds(30),
                            "--json")
                    .json();

            assertThat(told.path("from").longValue()).isZero();
            assertThat(told.path("to").longValue()).isEqualTo(1);
            assertThat(told.path("skipped").longValue()).isEqualTo(1);
        }

        @Test
        void has_a_status_for_scripts_only_when_it_is_quiet() {
            Path rig = Rigs.audited(folder);

            Cli different = Cli.run("diff", rig, "--model", "beads", "--from", 1, "--quiet");
            Cli equal = Cli.run("diff", rig, "--model", "beads", "--from", 99, "--quiet");

            assertThat(different).isEqualTo(new Cli(1, "", ""));
            assertThat(equal).isEqualTo(new Cli(0, "", ""));
        }

        @Test
        void tells_people_a_line_a_change_with_the_event_that_made_it() {
            Cli told = Cli.run("diff", Rigs.audited(folder), "--model", "beads", "--from", 1);

            assertThat(told.lines())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("changed  gt-1 status: \"open\" -> \"closed\"")
                            .contains("Closed by mayor"))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("changed  gt-1 title: null -> \"First\"")
                            .contains("Changed title"))
                    .anySatisfy(line -> assertThat(line).startsWith("added    gt-2"));
            assertThat(told.out()).contains("1 rows of beads changed, 1 were added and 0 removed from sequence 1 to ");
        }

        @Test
        void of_a_bead_that_was_renamed_tells_the_event_too() {
            Path rig = Rigs.seats(folder, 0);
            try (SqliteEventStore store = SqliteEventStore.open(rig)) {
                EventLog<TownEvent> log = TownLog.in(store);
                TownLog.commands(log)
                        .handle(new BeadCommand.CreateBead(
                                "gt-1", BeadDetails.of(BeadType.ISSUE, "First"), "mayor", Instant.EPOCH));
                log.append(
                        List.of(new TownEvent.BeadRenamed("gt-2", "gt-1", "mayor", null, Instant.EPOCH)),
                        AppendCondition.none());
                log.append(
                        List.of(new TownEvent.BeadClosed("gt-2", null, Status.OPEN, "mayor", "done", Instant.EPOCH)),
                        AppendCondition.none());
            }

            assertThat(Cli.run("diff", rig, "--model", "beads", "--from", 1).lines())
                    .anySatisfy(line -> assertThat(line).startsWith("added    gt-2  (2: Renamed from gt-1"))
                    .anySatisfy(line -> assertThat(line).startsWith("removed  gt-1  (2: Renamed from gt-1"));
            assertThat(Cli.run("diff", rig, "--model", "beads", "--from", 2).lines())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("changed  gt-2 status: \"open\" -> \"closed\"  (3: Closed by mayor"));
        }

        private long last(Path rig, String type) {
            return EventsCommandTest.sequences(Cli.run(
                            "events", rig, "--tag", "bead:gt-1", "--type", type, "--newest", "--limit", 1, "--json"))
                    .get(0);
        }

        @Test
        void of_an_empty_log_is_none() {
            assertThat(Cli.run("diff", emptyRig(), "--model", "beads", "--from", 0, "--json")
                            .json()
                            .path("to")
                            .longValue())
                    .isZero();
        }

        @Test
        void counts_what_cannot_be_decoded() {
            Path rig = Rigs.audited(folder);
            Rigs.append(rig, NewEvent.of("closed", "[\"nonsense\"]").withTags(Tags.of("bead", "gt-2")));

            assertThat(Cli.run("diff", rig, "--model", "beads", "--from", 0, "--json")
                            .json()
                            .path("skipped")
                            .longValue())
                    .isEqualTo(1);
            assertThat(Cli.run("diff", rig, "--model", "beads", "--from", 0).out())
                    .contains("left out 1 events");
        }

        @Test
        void needs_a_moment() {
            assertThat(Cli.run("diff", Rigs.audited(folder), "--model", "beads"))
                    .satisfies(told -> assertThat(told.status()).isEqualTo(2))
                    .satisfies(told -> assertThat(told.err()).contains("--from"));
        }
    }

    @Nested
    class blame {

        @Test
        void tells_every_event_that_changed_a_field() {
            Cli told = blameOf("--key", "gt-1", "--field", "status", "--json");

            assertThat(told.status()).as(told.err()).isZero();
            JsonNode answer = told.json();
            assertThat(answer.path("value").textValue()).isEqualTo("closed");
            assertThat(answer.path("field").textValue()).isEqualTo("status");
            assertThat(answer.path("changes"))
                    .hasSize(3)
                    .allSatisfy(change -> assertThat(change.fieldNames())
                            .toIterable()
                            .containsExactly("sequence", "type", "storedAt", "actor", "before", "after"));
            assertThat(answer.at("/changes/0/before").isNull()).isTrue();
            assertThat(answer.at("/changes/0/after").textValue()).isEqualTo("open");
            assertThat(answer.at("/changes/2/after").textValue()).isEqualTo("closed");
            assertThat(answer.at("/changes/2/actor").textValue()).isEqualTo("mayor");
        }

        @Test
        void of_a_row_tells_it_whole() {
            JsonNode answer = blameOf("--key", "gt-2", "--json").json();

            assertThat(answer.path("field").isNull()).isTrue();
            assertThat(answer.path("changes")).hasSize(1);
            assertThat(answer.at("/changes/0/before").isNull()).isTrue();
            assertThat(answer.at("/changes/0/after")).isEqualTo(answer.path("value"));
            assertThat(answer.at("/value/status").textValue()).isEqualTo("open");
        }

        @Test
        void tells_people_a_line_an_event_in_a_sentence() {
            Cli told = blameOf("--key", "gt-1", "--field", "status");

            assertThat(told.lines()).hasSize(4);
            assertThat(told.lines().get(2)).contains("Closed by mayor", "status: \"in_progress\" -> \"closed\"");
            assertThat(told.out()).contains("gt-1 status of beads changed 3 times up to sequence ", "is \"closed\".");
            assertThat(blameOf("--key", "gt-1").out()).contains("title: null -> \"First\"");
        }

        @Test
        void shortens_long_values_for_people_only() {
            String body = "word ".repeat(100).strip();
            Path rig = Rigs.seats(folder, 0);
            try (SqliteEventStore store = SqliteEventStore.open(rig)) {
                TownLog.commands(TownLog.in(store))
                        .handle(new BeadCommand.CreateBead(
                                "gt-1", BeadDetails.of(BeadType.ISSUE, body), "mayor", Instant.EPOCH));
            }

            assertThat(Cli.run("blame", rig, "--model", "beads", "--key", "gt-1", "--field", "title"))
                    .satisfies(told -> assertThat(told.out()).contains("title: null -> \"word word", "word…"));
            assertThat(Cli.run("blame", rig, "--model", "beads", "--key", "gt-1", "--field", "title", "--json")
                            .json()
                            .path("value")
                            .textValue())
                    .isEqualTo(body);
        }

        @Test
        void of_a_field_that_nothing_was_ever_in_is_empty() {
            JsonNode answer =
                    blameOf("--key", "gt-2", "--field", "assignee", "--json").json();

            assertThat(answer.path("changes").isArray()).isTrue();
            assertThat(answer.path("changes")).isEmpty();
            assertThat(answer.path("value").isNull()).isTrue();
        }

        @Test
        void of_what_never_was_says_what_would_be_right() {
            assertThat(blameOf("--key", "gt-9", "--json"))
                    .satisfies(told -> assertThat(told.status()).isEqualTo(2))
                    .satisfies(told -> assertThat(told.errorJson().path("code").textValue())
                            .isEqualTo("unknown_key"))
                    .satisfies(told -> assertThat(told.err()).contains("gt-9", "gt-1, gt-2"));
            assertThat(blameOf("--key", "gt-1", "--field", "colour"))
                    .satisfies(told -> assertThat(told.status()).isEqualTo(2))
                    .satisfies(told -> assertThat(told.err()).contains("colour", "status", "title"));
            assertThat(Cli.run("blame", emptyRig(), "--model", "beads", "--key", "gt-1"))
                    .satisfies(told -> assertThat(told.status()).isEqualTo(2))
                    .satisfies(told -> assertThat(told.err()).contains("It has no rows."));
        }

        private Cli blameOf(Object... arguments) {
            Path rig = folder.resolve("gastown.db").toFile().exists()
                    ? folder.resolve("gastown.db")
                    : Rigs.audited(folder);
            Object[] all = new Object[arguments.length + 4];
            System.arraycopy(new Object[] {"blame", rig, "--model", "beads"}, 0, all, 0, 4);
            System.arraycopy(arguments, 0, all, 4, arguments.length);
            return Cli.run(all);
        }
    }

    private Path emptyRig() {
        Path rig = folder.resolve("empty.db");
        SqliteEventStore.open(rig).close();
        return rig;
    }
}
