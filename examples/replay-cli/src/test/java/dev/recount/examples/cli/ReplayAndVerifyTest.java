package dev.recount.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReplayAndVerifyTest {

    @TempDir
    Path folder;

    @Nested
    class replay {

        @Test
        void computes_the_state_of_the_head() {
            Cli told = Cli.run("replay", Rigs.audited(folder), "--model", "beads", "--json");

            assertThat(told.status()).isZero();
            JsonNode answer = told.json();
            assertThat(answer.path("model").textValue()).isEqualTo("beads");
            assertThat(answer.path("sequence").longValue())
                    .isEqualTo(answer.path("events").longValue())
                    .isPositive();
            assertThat(answer.path("skipped").isIntegralNumber()).isTrue();
            assertThat(answer.path("seconds").isNumber()).isTrue();
            assertThat(answer.at("/state/beads/gt-1/status").textValue()).isEqualTo("closed");
            assertThat(answer.at("/state/beads/gt-2/status").textValue()).isEqualTo("open");
        }

        @Test
        void stops_at_a_moment() {
            Path rig = Rigs.audited(folder);

            JsonNode first = Cli.run("replay", rig, "--model", "beads", "--json", "--until", 1)
                    .json();
            assertThat(first.path("sequence").longValue()).isEqualTo(1);
            assertThat(first.at("/state/beads/gt-1/status").textValue()).isEqualTo("open");
            assertThat(first.at("/state/beads/gt-2").isMissingNode()).isTrue();
            assertThat(Cli.run("replay", rig, "--model", "beads", "--json", "--until", "2000-01-01T00:00:00Z")
                            .json()
                            .path("events")
                            .longValue())
                    .isZero();
        }

        @Test
        void takes_what_a_query_finds() {
            JsonNode state = Cli.run(
                            "replay", Rigs.audited(folder), "--model", "beads", "--query", "bead:gt-2", "--json")
                    .json()
                    .path("state");

            assertThat(state.path("beads").fieldNames()).toIterable().containsExactly("gt-2");
        }

        @Test
        void leaves_the_state_out_when_it_is_to_be_quiet() {
            Path rig = Rigs.audited(folder);

            assertThat(Cli.run("replay", rig, "--model", "beads", "--json", "--quiet")
                            .json()
                            .has("state"))
                    .isFalse();
            assertThat(Cli.run("replay", rig, "--model", "beads", "--quiet"))
                    .satisfies(told ->
                            assertThat(told.out()).startsWith("Replayed ").hasLineCount(1))
                    .satisfies(told -> assertThat(told.err()).isEmpty());
        }

        @Test
        void counts_and_names_what_cannot_be_decoded() {
            Path rig = Rigs.audited(folder);
            Rigs.append(rig, NewEvent.of("closed", "[\"nonsense\"]").withTags(Tags.of("bead", "gt-2")));

            Cli told = Cli.run("replay", rig, "--model", "beads", "--json");

            assertThat(told.status()).isZero();
            assertThat(told.json().path("skipped").longValue()).isEqualTo(1);
            assertThat(told.json().at("/problems/0/kind").textValue()).isEqualTo("undecodable");
            assertThat(told.json().at("/problems/0/sequence").longValue())
                    .isEqualTo(told.json().path("sequence").longValue());
        }
    }

    @Nested
    class verify_against_tables {

        @Test
        void is_equal_after_an_import() {
            Cli told = Cli.run("verify", Rigs.audited(folder), "--model", "beads", "--json");

            assertThat(told.status()).isZero();
            assertThat(told.json().path("compared").longValue()).isEqualTo(2);
            assertThat(told.json().path("agreeing").longValue()).isEqualTo(2);
            for (String list : List.of("diverging", "missing", "extra")) {
                assertThat(told.json().path(list).isArray()).isTrue();
                assertThat(told.json().path(list)).isEmpty();
            }
        }

        @Test
        void finds_the_field_that_somebody_changed_by_hand() throws SQLException {
            Path rig = Rigs.audited(folder);
            long last = EventsCommandTest.sequences(
                            Cli.run("events", rig, "--tag", "bead:gt-1", "--newest", "--limit", 1, "--json"))
                    .get(0);
            sql(rig, "UPDATE beads SET status = 'open' WHERE id = 'gt-1'");

            Cli told = Cli.run("verify", rig, "--model", "beads", "--json");

            assertThat(told.status()).isEqualTo(1);
            assertThat(told.json().path("agreeing").longValue()).isEqualTo(1);
            assertThat(told.json().path("diverging"))
                    .containsExactly(Cli.parse("{\"key\":\"gt-1\",\"field\":\"status\",\"live\":\"open\","
                            + "\"replayed\":\"closed\",\"lastSequence\":" + last + "}"));
        }

        @Test
        void finds_the_row_that_somebody_removed_or_added() throws SQLException {
            Path rig = Rigs.audited(folder);
            sql(rig, "UPDATE beads SET id = 'gt-9' WHERE id = 'gt-2'");

            Cli told = Cli.run("verify", rig, "--model", "beads", "--json");

            assertThat(told.status()).isEqualTo(1);
            assertThat(told.json().path("missing")).containsExactly(Cli.parse("\"gt-9\""));
            assertThat(told.json().path("extra")).containsExactly(Cli.parse("\"gt-2\""));
        }

        @Test
        void tells_people_what_differs() throws SQLException {
            Path rig = Rigs.audited(folder);
            sql(rig, "UPDATE beads SET status = 'open' WHERE id = 'gt-1'");

            Cli told = Cli.run("verify", rig, "--model", "beads");

            assertThat(told.status()).isEqualTo(1);
            assertThat(told.out()).contains("gt-1 status", "live \"open\", replayed \"closed\"", "1 of 2");
        }

        @Test
        void tells_how_many_events_it_had_to_leave_out() {
            Path rig = Rigs.audited(folder);
            Rigs.append(rig, NewEvent.of("closed", "[\"nonsense\"]").withTags(Tags.of("bead", "gt-2")));
            Path issues =
                    Rigs.write(folder.resolve("issues.jsonl"), List.of("{\"id\":\"gt-1\",\"status\":\"closed\"}"));

            Cli told = Cli.run("verify", rig, "--model", "beads", "--expect", issues, "--json");

            assertThat(told.json().path("skipped").longValue()).isEqualTo(1);
            assertThat(Cli.run("verify", rig, "--model", "beads", "--expect", issues)
                            .out())
                    .contains("left out 1 event");
        }

        @Test
        void counts_what_it_left_out_also_where_that_is_nothing() {
            Cli told = Cli.run("verify", Rigs.audited(folder), "--model", "beads", "--json");

            assertThat(told.json().path("skipped").isIntegralNumber()).isTrue();
        }

        @Test
        void needs_tables() {
            Cli told = Cli.run("verify", Rigs.seats(folder, 1), "--model", "beads");

            assertThat(told.status()).isEqualTo(2);
            assertThat(told.err()).contains("plane.db", "--expect");
        }
    }

    @Nested
    class verify_against_a_file {

        @Test
        void is_equal_where_the_beads_are() {
            Path issues = issues("closed", "open");

            Cli told = Cli.run("verify", Rigs.audited(folder), "--model", "beads", "--expect", issues, "--json");

            assertThat(told.status()).as(told.out()).isZero();
            assertThat(told.json().path("compared").longValue()).isEqualTo(2);
            assertThat(told.json().path("agreeing").longValue()).isEqualTo(2);
        }

        @Test
        void lists_what_differs() {
            Path issues = issues("open", "open");

            Cli told = Cli.run("verify", Rigs.audited(folder), "--model", "beads", "--expect", issues, "--json");

            assertThat(told.status()).isEqualTo(1);
            assertThat(told.json().path("diverging")).hasSize(1);
            assertThat(told.json().at("/diverging/0/key").textValue()).isEqualTo("gt-1");
            assertThat(told.json().at("/diverging/0/live").textValue()).isEqualTo("open");
            assertThat(told.json().at("/diverging/0/replayed").textValue()).isEqualTo("closed");
            assertThat(told.json().at("/diverging/0/lastSequence").longValue()).isPositive();
        }

        @Test
        void lists_what_no_event_tells_with_that_reason() {
            Path issues = Rigs.write(
                    folder.resolve("issues.jsonl"),
                    List.of("{\"id\":\"gt-1\",\"title\":\"First\",\"status\":\"closed\",\"assignee\":\"toast\"}"));

            Cli told = Cli.run("verify", Rigs.audited(folder), "--model", "beads", "--expect", issues, "--json");

            assertThat(told.json().path("agreeing").longValue()).isEqualTo(1);
            assertThat(told.json().at("/agreeingByField/assignee").longValue()).isZero();
            assertThat(told.json().at("/diverging/0/field").textValue()).isEqualTo("assignee");
            assertThat(told.json().at("/diverging/0/replayed").isNull()).isTrue();
            assertThat(told.json().at("/diverging/0/reason").textValue()).isEqualTo("no event tells it");
        }

        @Test
        void names_the_labels_that_neither_the_file_nor_one_beside_it_has() {
            Path rig = Rigs.audited(folder);
            Path issues = issues("closed", "open");

            assertThat(Cli.run("verify", rig, "--model", "beads", "--expect", issues, "--json")
                            .json()
                            .path("notCompared"))
                    .containsExactly(Cli.parse("\"labels\""));
            assertThat(Cli.run("verify", rig, "--model", "beads", "--expect", issues)
                            .out())
                    .contains("not compared: labels");

            Rigs.write(folder.resolve("labels.jsonl"), List.of("{\"issue_id\":\"gt-1\",\"label\":\"x\"}"));
            assertThat(Cli.run("verify", rig, "--model", "beads", "--expect", issues, "--json")
                            .json()
                            .has("notCompared"))
                    .isFalse();
        }

        @Test
        void that_is_none_is_told() {
            Path rig = Rigs.audited(folder);

            assertThat(Cli.run("verify", rig, "--model", "beads", "--expect", folder.resolve("none")))
                    .satisfies(told -> assertThat(told.status()).isEqualTo(2))
                    .satisfies(told -> assertThat(told.err()).contains("none"));
            Path garbage = Rigs.write(folder.resolve("garbage"), List.of("{\"id\":\"a\"}", "nonsense"));
            assertThat(Cli.run("verify", rig, "--model", "beads", "--expect", garbage))
                    .satisfies(told -> assertThat(told.status()).isEqualTo(2))
                    .satisfies(told -> assertThat(told.err()).contains("Line 2"));
        }

        private Path issues(String first, String second) {
            return Rigs.write(
                    folder.resolve("issues.jsonl"),
                    List.of(
                            "{\"id\":\"gt-1\",\"title\":\"First\",\"status\":\"" + first + "\"}",
                            "{\"id\":\"gt-2\",\"status\":\"" + second + "\"}"));
        }
    }

    private static void sql(Path rig, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + rig);
                Statement sql = connection.createStatement()) {
            sql.executeUpdate(statement);
        }
    }
}
