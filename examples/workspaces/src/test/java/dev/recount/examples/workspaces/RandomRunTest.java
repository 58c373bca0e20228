package dev.recount.examples.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.EventLog;
import dev.recount.codec.RecordedEvent;
import dev.recount.command.CommandHandler;
import dev.recount.examples.workspaces.StructuralEvent.AgentMoved;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceRemoved;
import dev.recount.store.Query;
import dev.recount.store.sqlite.Durability;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.testkit.ReadModelProof;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RandomRunTest {

    private static final int COMMANDS = 10_000;
    private static final long SEED = 20_260_303;

    @Test
    void M2_after_ten_thousand_commands_the_table_is_the_replay_and_no_invariant_was_broken(@TempDir Path folder) {
        Random random = new Random(SEED);
        RandomCommands commands = new RandomCommands(60);
        SqliteOptions options =
                SqliteOptions.defaults().withDurability(Durability.NORMAL).withInline(new WorkspaceTables());
        try (SqliteEventStore store = SqliteEventStore.open(folder.resolve("organisation.db"), options)) {
            CommandHandler<WorkspaceCommand, StructuralEvent> handler = WorkspaceLog.commands(store);
            Set<String> codes = new TreeSet<>();
            int refused = 0;
            for (int i = 0; i < COMMANDS; i++) {
                WorkspaceCommand command = commands.next(random);
                long before = store.info().head();
                try {
                    handler.handle(command);
                } catch (WorkspaceRejected refusal) {
                    assertThat(store.info().head())
                            .as("seed %d, command %d: %s was refused", SEED, i, command)
                            .isEqualTo(before);
                    codes.add(refusal.code());
                    refused++;
                }
                if (i % 500 == 0) {
                    requireWhole(WorkspaceTables.read(store), "seed " + SEED + ", command " + i);
                }
            }

            EventLog<StructuralEvent> log = WorkspaceLog.in(store);
            requireWhole(WorkspaceTables.read(store), "seed " + SEED);
            requireNothingAfterRemoval(log);
            ReadModelProof.of(new OrganisationProjector(), new WorkspaceRows())
                    .withLive("table", rig -> WorkspaceTables.read(store))
                    .check(log);
            ReadModelProof.requireEqual(store.verify(new WorkspaceTables()));
            assertThat(refused).as("refused with seed %d", SEED).isBetween(2_000, 9_000);
            assertThat(codes).as("reasons with seed %d", SEED).hasSizeGreaterThanOrEqualTo(13);
        }
    }

    /** Each parent is there, nothing stands below itself, and no agent is active twice. */
    private static void requireWhole(Organisation organisation, String when) {
        Map<String, String> agents = new HashMap<>();
        for (Workspace workspace : organisation.workspaces()) {
            if (!workspace.isThere()) {
                assertThat(workspace.agent()).as("%s: %s", when, workspace).isNull();
                continue;
            }
            Set<String> above = new HashSet<>();
            String id = workspace.id();
            while (!id.equals(Organisation.TOP)) {
                assertThat(above.add(id)).as("%s: %s is above itself", when, id).isTrue();
                Workspace found = organisation.workspace(id).orElseThrow();
                assertThat(found.isThere()).as("%s: %s is there", when, found).isTrue();
                id = found.under();
            }
            Agent agent = workspace.agent();
            if (agent != null) {
                String other = agents.put(agent.id(), workspace.id());
                assertThat(other).as("%s: where else %s is active", when, agent).isNull();
            }
        }
    }

    private static void requireNothingAfterRemoval(EventLog<StructuralEvent> log) {
        Set<String> removed = new HashSet<>();
        Set<Class<?>> kinds = new HashSet<>();
        for (RecordedEvent<StructuralEvent> recorded : log.read(Query.all())) {
            StructuralEvent event = recorded.event();
            List<String> about = event instanceof AgentMoved moved
                    ? List.of(moved.fromWorkspaceId(), moved.toWorkspaceId())
                    : List.of(event.workspaceId());
            assertThat(removed).as("gone before %s", event).doesNotContainAnyElementsOf(about);
            kinds.add(event.getClass());
            if (event instanceof WorkspaceRemoved) {
                removed.add(event.workspaceId());
            }
        }
        assertThat(removed).hasSizeGreaterThan(50);
        assertThat(kinds).as("kinds of events").hasSize(15);
    }
}
