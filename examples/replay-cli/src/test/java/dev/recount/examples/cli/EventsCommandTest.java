package dev.recount.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.event.NewEvent;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.examples.orchestration.OrchestrationLog;
import dev.recount.examples.orchestration.ProjectCommand;
import dev.recount.examples.workspaces.WorkspaceCommand;
import dev.recount.examples.workspaces.WorkspaceLog;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventsCommandTest {

    @TempDir
    Path folder;

    @Nested
    class json {

        @Test
        void is_one_line_for_each_event_with_data_as_it_is_stored() {
            Path rig = Rigs.seats(folder, 1);

            Cli told = Cli.run("events", rig, "--json");

            assertThat(told.status()).isZero();
            assertThat(told.out())
                    .startsWith("{\"sequence\":1,\"rig\":\"plane\",\"type\":\"seat.taken\",\"version\":1,"
                            + "\"tags\":{\"flight\":\"LX1\",\"guest\":[\"Ada\",\"Bob\"],\"seat\":\"1A\"},"
                            + "\"data\":{\"seat\": \"1A\",\"price\":1.50},\"metadata\":{\"actor\":\"desk\"},"
                            + "\"occurredAt\":\"2026-03-01T01:00:00Z\",\"storedAt\":\"")
                    .endsWith("Z\"}\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"not json", "{\"a\":[1", "{\n\"a\":1\n}", "{} {}", "{}\r", "\"\\x\"", "NaN", "\uFEFF{}", ""})
        void tells_data_that_was_tampered_with_as_a_string_on_one_line(String data) {
            Path rig = Rigs.seats(folder, 3);
            Rigs.tamper(rig, "data", data);

            for (Cli told : List.of(
                    Cli.run("events", rig, "--json"),
                    Cli.run("export", rig, "--format", "jsonl"),
                    Cli.run("export", rig, "--format", "cloudevents"))) {
                assertThat(told.status()).as(told.err()).isZero();
                assertThat(told.jsonLines()).hasSize(3);
                assertThat(told.jsonLines().get(1).path("data").textValue()).isEqualTo(data);
                assertThat(told.jsonLines().get(1).path("malformed").booleanValue())
                        .isTrue();
                assertThat(told.jsonLines().get(0).has("malformed")).isFalse();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"nonsense", "{\"actor\":\n1", "{\"actor\":\n\"x\"}", "{}\n{}", "{\"a\":{\n}}"})
        void tells_an_event_on_one_line_whatever_was_made_of_its_metadata(String metadata) {
            Path rig = Rigs.seats(folder, 3);
            Rigs.tamper(rig, "metadata", metadata);

            assertThat(sequences(Cli.run("events", rig, "--json"))).containsExactly(1L, 2L, 3L);
        }

        @ParameterizedTest
        @ValueSource(strings = {"[\"bare\"]", "[\n\"a:b\"]", "[\"a:\\n\"]", "nonsense", "[\"a:b\",1]"})
        void tells_an_event_on_one_line_whatever_was_made_of_its_tags(String tags) {
            Path rig = Rigs.seats(folder, 3);
            Rigs.tamper(rig, "tags", tags);

            assertThat(sequences(Cli.run("events", rig, "--json"))).containsExactly(1L, 2L, 3L);
        }

        @Test
        void tells_every_event_of_a_log_longer_than_a_page() {
            Path rig = Rigs.seats(folder, 1_001);

            Cli told = Cli.run("events", rig, "--json");

            assertThat(sequences(told)).hasSize(1_001).isSorted().doesNotHaveDuplicates();
        }

        @Test
        void of_an_empty_choice_is_nothing() {
            assertThat(Cli.run("events", Rigs.seats(folder, 1), "--tag", "seat:none", "--json"))
                    .isEqualTo(new Cli(0, "", ""));
        }
    }

    @Nested
    class choice {

        @Test
        void by_sequence() {
            Path rig = Rigs.seats(folder, 9);

            assertThat(sequences(Cli.run("events", rig, "--json", "--after", 3, "--until", 6)))
                    .containsExactly(4L, 5L, 6L);
        }

        @Test
        void by_the_time_of_storing() {
            Path rig =
                    Rigs.storedAt(folder, Instant.parse("2026-03-01T10:00:00Z"), Instant.parse("2026-03-02T10:00:00Z"));

            assertThat(sequences(Cli.run("events", rig, "--json", "--until", "2026-03-02T10:59:59+01:00")))
                    .containsExactly(1L);
        }

        @Test
        void by_tags_that_must_all_be_there_and_types_of_which_one_must() {
            Path rig = Rigs.seats(folder, 6);

            assertThat(sequences(Cli.run("events", rig, "--json", "--tag", "seat:3A", "--tag", "flight:LX1")))
                    .containsExactly(3L);
            assertThat(sequences(Cli.run("events", rig, "--json", "--tag", "seat:3A", "--tag", "seat:4A")))
                    .isEmpty();
            assertThat(sequences(Cli.run("events", rig, "--json", "--type", "seat.freed", "--type", "none")))
                    .containsExactly(2L, 4L, 6L);
        }

        @Test
        void of_the_newest() {
            Path rig = Rigs.seats(folder, 1_001);

            assertThat(sequences(Cli.run("events", rig, "--json", "--newest", "--limit", 2)))
                    .containsExactly(1_001L, 1_000L);
            assertThat(sequences(Cli.run("events", rig, "--json", "--newest")))
                    .hasSize(1_001)
                    .isSortedAccordingTo(Comparator.reverseOrder());
        }

        @Test
        void of_none() {
            assertThat(Cli.run("events", Rigs.seats(folder, 2), "--limit", 0).out())
                    .isEmpty();
        }
    }

    @Nested
    class for_people {

        @Test
        void is_a_sentence_where_the_type_is_known() {
            Cli told = Cli.run("events", Rigs.audited(folder), "--type", "closed");

            assertThat(told.out()).contains("gastown", "gt-1", "Closed by mayor", "2026-03-03 10:00:00");
        }

        @Test
        void is_type_and_data_where_it_is_not() {
            Cli told = Cli.run("events", Rigs.seats(folder, 1));

            assertThat(told.out()).contains("seat.taken {\"seat\": \"1A\",\"price\":1.50}");
        }

        @Test
        void has_colours_only_on_a_terminal_that_wants_them() {
            Path rig = Rigs.seats(folder, 1);

            assertThat(Cli.run(new Terminal.Ends(true, true, true), "events", rig)
                            .out())
                    .contains("\u001B[");
            assertThat(Cli.run(new Terminal.Ends(true, true, false), "events", rig)
                            .out())
                    .doesNotContain("\u001B");
            assertThat(Cli.run(new Terminal.Ends(false, true, true), "events", rig)
                            .out())
                    .doesNotContain("\u001B");
        }

        @Test
        void never_lets_stored_text_steer_the_terminal() {
            Path rig = Rigs.seats(folder, 0);
            Rigs.append(rig, NewEvent.of("odd", "{\"a\":\"\u009b31m\u007f\"}"));

            assertThat(Cli.run("events", rig).out())
                    .doesNotContain("\u009b", "\u007f")
                    .contains("·31m·");
            assertThat(Printable.text("a\u001B[31mb\r\nc")).isEqualTo("a·[31mb  c");
        }
    }

    @Nested
    class following {

        @Test
        void goes_on_from_a_sequence_until_there_are_enough() {
            Path rig = Rigs.seats(folder, 5);

            assertThat(sequences(Cli.run("events", rig, "--json", "--follow", "--after", 2, "--limit", 3)))
                    .containsExactly(3L, 4L, 5L);
        }

        @Test
        void cannot_begin_beyond_the_head() {
            Cli told = Cli.run("events", Rigs.seats(folder, 1), "--follow", "--after", 9);

            assertThat(told.status()).isEqualTo(2);
            assertThat(told.err()).contains("9", "head 1");
        }

        @Test
        void has_no_end_to_begin_with() {
            Path rig = Rigs.seats(folder, 1);

            assertThat(Cli.run("events", rig, "--follow", "--newest").status()).isEqualTo(2);
            assertThat(Cli.run("events", rig, "--follow", "--until", "1").status())
                    .isEqualTo(2);
        }
    }

    @Nested
    class timeline {

        @Test
        void tells_the_story_of_one_bead() {
            Cli told = Cli.run("timeline", Rigs.audited(folder), "bead:gt-1");

            assertThat(told.status()).isZero();
            assertThat(told.lines().get(0)).contains("Created");
            assertThat(told.lines().get(told.lines().size() - 1)).contains("Closed by mayor");
            assertThat(told.out()).doesNotContain("gt-2");
        }

        @Test
        void is_made_of_events_for_programs() {
            Cli told = Cli.run("timeline", Rigs.audited(folder), "bead:gt-2", "--json");

            assertThat(told.jsonLines())
                    .isNotEmpty()
                    .allSatisfy(line ->
                            assertThat(line.at("/tags/bead").textValue()).isEqualTo("gt-2"));
        }

        @Test
        void speaks_the_words_of_the_system_that_the_events_are_of() {
            Path organisation = folder.resolve("organisation.db");
            Path work = folder.resolve("work.db");
            Instant at = Instant.parse("2026-03-01T10:00:00Z");
            try (SqliteEventStore store = SqliteEventStore.open(organisation)) {
                WorkspaceLog.commands(store)
                        .handle(new WorkspaceCommand.ProvisionWorkspace("research", "Research", 2, null, at));
            }
            try (SqliteEventStore store = SqliteEventStore.open(work)) {
                OrchestrationLog.commands(OrchestrationLog.in(store))
                        .handle(new ProjectCommand.CreateProject("p1", "Shop", "/src/shop", at));
            }

            Cli ofWorkspaces = Cli.run("timeline", organisation, "workspace_id:research");
            Cli ofOrchestration = Cli.run("timeline", work, "project:p1");

            assertThat(ofWorkspaces.out()).contains("Research").doesNotContain("{", "WORKSPACE_PROVISIONING");
            assertThat(ofOrchestration.out())
                    .contains("Project \"Shop\" created at /src/shop")
                    .doesNotContain("{", "project_created");
        }

        @Test
        void needs_a_tag() {
            Cli told = Cli.run("timeline", Rigs.audited(folder), "gt-1");

            assertThat(told.status()).isEqualTo(2);
            assertThat(told.err()).contains("'gt-1'", "key:value");
        }
    }

    static List<Long> sequences(Cli told) {
        assertThat(told.status()).as(told.err()).isZero();
        return told.jsonLines().stream()
                .map(line -> line.path("sequence"))
                .map(JsonNode::longValue)
                .toList();
    }
}
