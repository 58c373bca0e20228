package dev.recount.examples.workspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.event.StoredEvent;
import dev.recount.examples.workspaces.WorkspaceCommand.MoveWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.ProvisionWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.RemoveWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.UpdateWorkspace;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.LogCheck;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.testkit.ReadModelProof;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StorageTest {

    private static final SqliteOptions OPTIONS = SqliteOptions.defaults().withInline(new WorkspaceTables());

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("organisation.db");
    }

    private static void work(SqliteEventStore store) {
        var commands = WorkspaceLog.commands(store);
        commands.handle(new ProvisionWorkspace("a", "The a", 1, null, Samples.AT));
        commands.handle(new ProvisionWorkspace("b", "The b", 2, "a", Samples.AT));
        commands.handle(new ProvisionWorkspace("c", "The c", 2, "b", Samples.AT));
        commands.handle(new MoveWorkspace("c", "a", Samples.AT));
        commands.handle(new UpdateWorkspace("c", "The new c", "finder", 3, Samples.AT));
    }

    @Test
    void M2_the_table_is_the_replay_after_a_move_and_another_name_role_and_tier() {
        try (SqliteEventStore store = SqliteEventStore.open(file, OPTIONS)) {
            work(store);

            assertThat(store.query("SELECT parent_id, name, role, tier FROM workspaces WHERE id = 'c'"))
                    .singleElement()
                    .satisfies(row -> assertThat(row)
                            .containsEntry("parent_id", "a")
                            .containsEntry("name", "The new c")
                            .containsEntry("role", "finder"));
            assertThat(WorkspaceTables.read(store))
                    .isEqualTo(OrganisationHistory.of(store).now());
            ReadModelProof.requireEqual(store.verify(new WorkspaceTables()));
        }
    }

    @Test
    void M3_where_the_table_cannot_be_written_no_event_is_stored() {
        SqlReadModel full = new FullTable();
        try (SqliteEventStore store = SqliteEventStore.open(file, OPTIONS.withInline(full))) {
            assertThatThrownBy(() -> work(store)).hasStackTraceContaining("CHECK constraint failed");

            assertThat(store.info().head()).isEqualTo(2);
            assertThat(WorkspaceTables.read(store).ids()).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void M3_where_the_event_is_refused_no_row_is_written() {
        try (SqliteEventStore store = SqliteEventStore.open(file, OPTIONS)) {
            work(store);
            var late = WorkspaceLog.in(store);

            assertThatExceptionOfType(AppendConditionFailed.class)
                    .isThrownBy(() ->
                            late.append(List.of(Samples.provisioning("d")), AppendCondition.noneMatching(Query.all())));

            assertThat(WorkspaceTables.read(store).workspace("d")).isEmpty();
            assertThat(store.info().head()).isEqualTo(5);
        }
    }

    @Test
    void M12_a_cascade_is_one_append() {
        try (SqliteEventStore store = SqliteEventStore.open(file, OPTIONS)) {
            work(store);

            var outcome = WorkspaceLog.commands(store).handle(new RemoveWorkspace("a", null, Samples.AT));

            assertThat(outcome.events())
                    .extracting(StructuralEvent::workspaceId)
                    .containsExactly("b", "c", "a");
            List<StoredEvent> removals = store.read(Query.ofTypes("WORKSPACE_REMOVED"), ReadOptions.defaults())
                    .events();
            assertThat(removals).extracting(StoredEvent::sequence).containsExactly(6L, 7L, 8L);
            assertThat(removals)
                    .extracting(StoredEvent::storedAt)
                    .containsOnly(removals.get(0).storedAt());
            assertThat(store.query("SELECT count(*) AS n FROM workspaces WHERE status = 'removed'"))
                    .singleElement()
                    .satisfies(row -> assertThat(row.get("n")).hasToString("3"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            changed   | UPDATE recount_events SET data = replace(data, 'The b', 'Their b') WHERE sequence = 2
            removed   | DELETE FROM recount_events WHERE sequence = 2
            reordered | UPDATE recount_events SET sequence = CASE sequence WHEN 2 THEN -3 ELSE -2 END WHERE sequence IN (2, 3)
            """)
    void M19_the_check_finds_an_event_that_was_changed_removed_or_reordered(String what, String tampering)
            throws Exception {
        try (SqliteEventStore store = SqliteEventStore.open(file, OPTIONS)) {
            work(store);
            assertThat(store.check().ok()).isTrue();
        }

        tamper(tampering, "UPDATE recount_events SET sequence = -sequence WHERE sequence < 0");

        try (SqliteEventStore store = SqliteEventStore.openReadOnly(file)) {
            LogCheck check = store.check();
            assertThat(check.ok()).as(what).isFalse();
            assertThat(check.problems())
                    .as(what)
                    .anySatisfy(problem -> assertThat(problem.sequence()).isEqualTo(2));
        }
    }

    /** As somebody would who can write to the file, and takes its guards away first. */
    private void tamper(String... statements) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String guard : List.of("events_insert", "events_update", "events_delete")) {
                statement.execute("DROP TRIGGER recount_" + guard);
            }
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** A table beside the other that has no room for c. */
    private static final class FullTable implements SqlReadModel {

        @Override
        public String name() {
            return "full";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public List<String> schema() {
            return List.of("CREATE TABLE {full} (id TEXT CHECK (id <> 'c')) STRICT");
        }

        @Override
        public void apply(StoredEvent event, SqlStatements sql) {
            sql.execute(
                    "INSERT INTO {full} VALUES (?)",
                    event.tags().value("workspace_id").orElseThrow());
        }
    }
}
