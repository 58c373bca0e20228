package dev.recount.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.command.CommandHandler;
import dev.recount.examples.orchestration.OrchestrationCommand;
import dev.recount.examples.orchestration.OrchestrationEvent;
import dev.recount.examples.orchestration.OrchestrationLog;
import dev.recount.examples.orchestration.OrchestrationTables;
import dev.recount.examples.orchestration.ProjectCommand.CreateProject;
import dev.recount.examples.orchestration.ProviderEvent.TextDelta;
import dev.recount.examples.orchestration.ProviderEvent.TurnComplete;
import dev.recount.examples.orchestration.ThreadCommand.CreateThread;
import dev.recount.examples.orchestration.ThreadCommand.RenameThread;
import dev.recount.examples.orchestration.TurnCommand.IngestProviderEvent;
import dev.recount.examples.orchestration.TurnCommand.StartTurn;
import dev.recount.examples.workspaces.AgentCard;
import dev.recount.examples.workspaces.StructuralEvent;
import dev.recount.examples.workspaces.WorkspaceCommand;
import dev.recount.examples.workspaces.WorkspaceCommand.MoveWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.ProvisionWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.RegisterWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.UpdateWorkspace;
import dev.recount.examples.workspaces.WorkspaceLog;
import dev.recount.examples.workspaces.WorkspaceTables;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on logs of workspaces and of orchestration; on those of towns they are looked at one by one elsewhere. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SystemsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    @Nested
    class An_orchestration {

        @Test
        void is_verified_by_its_tables_of_threads_and_turns() throws SQLException {
            Path log = orchestration();

            Cli equal = Cli.run("verify", log, "--model", "orchestration", "--json");
            sql(log, "UPDATE turns SET status = 'running' WHERE id = 'turn-1'");
            Cli different = Cli.run("verify", log, "--model", "orchestration", "--json");

            assertThat(equal.status()).as(equal.toString()).isZero();
            assertThat(equal.json().path("compared").longValue()).isEqualTo(2);
            assertThat(equal.json().path("sequence").longValue()).isEqualTo(6);
            assertThat(different.status()).isEqualTo(1);
            assertThat(different.json().path("diverging"))
                    .containsExactly(Cli.parse("{\"key\":\"turns:turn-1\",\"field\":\"status\",\"live\":\"running\","
                            + "\"replayed\":\"completed\",\"lastSequence\":5}"));
        }

        @Test
        void without_tables_is_not_verified_and_the_answer_says_what_would_be_right() {
            Path log = folder.resolve("bare.db");
            SqliteEventStore.open(log).close();

            Cli told = Cli.run("verify", log, "--model", "orchestration");

            assertThat(told.status()).isEqualTo(2);
            assertThat(told.err()).contains("bare.db", "--expect");
        }

        @Test
        void is_replayed_and_blamed_and_its_differences_name_the_event_that_made_each() {
            Path log = orchestration();

            assertThat(replayed(log, "orchestration")
                            .at("/threads/greeting/title")
                            .textValue())
                    .isEqualTo("Greetings");
            assertThat(blamed(log, "orchestration", "turn:turn-1", "status")).containsExactly(3L, 5L);
            assertThat(causes(log, "orchestration", 3))
                    .containsOnly(
                            Map.entry("turn:turn-1 entries", 4L),
                            Map.entry("turn:turn-1 status", 5L),
                            Map.entry("turn:turn-1 ending", 5L),
                            Map.entry("thread:greeting title", 6L));
            assertThat(Cli.run("diff", log, "--model", "orchestration", "--from", 0)
                            .lines())
                    .anySatisfy(line -> assertThat(line).startsWith("added    turn:turn-1  (3: "));
        }

        @Test
        void is_not_decided_again_by_the_rules_of_another_system() {
            Cli told = Cli.run("whatif", orchestration(), "--model", "orchestration", "--against", "town");

            assertThat(told.status()).isEqualTo(2);
            assertThat(told.err()).contains("There are no rules 'town' for orchestration. Give --jar");
        }

        private Path orchestration() {
            return log("orchestration.db", new OrchestrationTables(), store -> {
                CommandHandler<OrchestrationCommand, OrchestrationEvent> commands =
                        OrchestrationLog.commands(OrchestrationLog.in(store));
                List.of(
                                new CreateProject("hello", "Hello", "/hello", NOON),
                                new CreateThread("hello", "greeting", "Say hello", NOON),
                                new StartTurn("greeting", "turn-1", "Greet", NOON),
                                new IngestProviderEvent("greeting", "turn-1", new TextDelta("Hello"), NOON),
                                new IngestProviderEvent("greeting", "turn-1", new TurnComplete("done"), NOON),
                                new RenameThread("greeting", "Greetings", NOON))
                        .forEach(commands::handle);
            });
        }
    }

    @Nested
    class An_organisation {

        @Test
        void is_verified_also_where_its_table_holds_what_no_workspace_can_be() throws SQLException {
            Path log = organisation();
            sql(log, "UPDATE workspaces SET status = 'weird', since = 'never' WHERE id = 'search'");

            Cli different = Cli.run("verify", log, "--model", "workspaces", "--json");

            assertThat(different.status()).as(different.toString()).isEqualTo(1);
            assertThat(different.json().path("diverging").findValuesAsText("key"))
                    .containsExactly("search", "search");
            assertThat(different.json().path("diverging").findValuesAsText("live"))
                    .containsExactlyInAnyOrder("weird", "never");
        }

        @Test
        void is_verified_by_its_table_of_workspaces() throws SQLException {
            Path log = organisation();

            Cli equal = Cli.run("verify", log, "--model", "workspaces", "--json");
            sql(log, "UPDATE workspaces SET name = 'Find' WHERE id = 'search'");
            Cli different = Cli.run("verify", log, "--model", "workspaces", "--json");

            assertThat(equal.status()).as(equal.toString()).isZero();
            assertThat(equal.json().path("compared").longValue()).isEqualTo(2);
            assertThat(different.status()).isEqualTo(1);
            assertThat(different.json().at("/diverging/0/lastSequence").longValue())
                    .isEqualTo(4);
        }

        @Test
        void is_replayed_and_blamed_and_its_differences_name_the_event_that_made_each() {
            Path log = organisation();

            assertThat(replayed(log, "workspaces")
                            .at("/workspaces/search/profile/name")
                            .textValue())
                    .isEqualTo("Search");
            assertThat(blamed(log, "workspaces", "search", "parent_id")).containsExactly(4L);
            assertThat(causes(log, "workspaces", 2))
                    .containsEntry("search status", 3L)
                    .containsEntry("search agent_card", 3L)
                    .containsEntry("search parent_id", 4L)
                    .containsEntry("company tier", 5L)
                    .doesNotContainKey("search tier");
        }

        @Test
        void tells_an_agents_card_as_what_it_holds() {
            JsonNode card = Cli.run("blame", organisation(), "--model", "workspaces", "--key", "search", "--json")
                    .json()
                    .at("/value/agent_card");

            assertThat(card).isEqualTo(Cli.parse("{\"name\":\"Agent\",\"skills\":[\"plan\"]}"));
        }

        @Test
        void is_told_by_its_workspaces() {
            assertThat(Cli.run("events", organisation(), "--limit", 2).lines())
                    .anySatisfy(line -> assertThat(line).contains("  search  "));
        }

        private Path organisation() {
            return log("organisation.db", new WorkspaceTables(), store -> {
                CommandHandler<WorkspaceCommand, StructuralEvent> commands = WorkspaceLog.commands(store);
                List.of(
                                new ProvisionWorkspace("company", "Company", 1, null, NOON),
                                new ProvisionWorkspace("search", "Search", 2, null, NOON),
                                new RegisterWorkspace(
                                        "search", "http://search", new AgentCard("Agent", List.of("plan")), NOON),
                                new MoveWorkspace("search", "company", NOON),
                                new UpdateWorkspace("company", null, null, 3, NOON))
                        .forEach(commands::handle);
            });
        }
    }

    private Path log(String name, SqlReadModel tables, Consumer<SqliteEventStore> commands) {
        Path file = folder.resolve(name);
        try (SqliteEventStore store =
                SqliteEventStore.open(file, SqliteOptions.defaults().withInline(tables))) {
            commands.accept(store);
        }
        return file;
    }

    private static JsonNode replayed(Path log, String model) {
        Cli told = Cli.run("replay", log, "--model", model, "--json");
        assertThat(told.status()).as(told.toString()).isZero();
        return told.json().path("state");
    }

    private static List<Long> blamed(Path log, String model, String key, String field) {
        Cli told = Cli.run("blame", log, "--model", model, "--key", key, "--field", field, "--json");
        assertThat(told.status()).as(told.toString()).isZero();
        return told.json().path("changes").findValues("sequence").stream()
                .map(JsonNode::longValue)
                .toList();
    }

    /** The sequence of the cause by key and field. */
    private static Map<String, Long> causes(Path log, String model, long from) {
        Cli told = Cli.run("diff", log, "--model", model, "--from", from, "--json");
        assertThat(told.status()).as(told.toString()).isZero();
        Map<String, Long> causes = new HashMap<>();
        told.json()
                .path("changed")
                .forEach(field -> causes.put(
                        field.path("key").textValue()
                                + ' '
                                + field.path("field").textValue(),
                        field.path("lastSequence").longValue()));
        return causes;
    }

    private static void sql(Path log, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + log);
                Statement sql = connection.createStatement()) {
            sql.executeUpdate(statement);
        }
    }
}
