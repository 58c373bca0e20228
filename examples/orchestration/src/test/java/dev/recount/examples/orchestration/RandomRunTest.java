package dev.recount.examples.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.EventLog;
import dev.recount.command.CommandHandler;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.store.sqlite.Durability;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.testkit.DeciderLaws;
import dev.recount.testkit.ReadModelProof;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RandomRunTest {

    private static final long SEED = 42;
    private static final int COMMANDS = 10_000;

    @Test
    void P1_deciding_and_projecting_are_pure_and_leave_the_model_as_it_was() {
        DeciderLaws.of(new OrchestrationDecider(), RandomCommands::next)
                .encodedBy(OrchestrationLog.codec())
                .withHistories(20, 80)
                .check();
    }

    @Test
    void P9_P16_ten_thousand_commands_break_nothing_and_live_tables_equal_the_replay(@TempDir Path folder) {
        SqliteOptions options =
                SqliteOptions.defaults().withDurability(Durability.NORMAL).withInline(new OrchestrationTables());
        try (SqliteEventStore store = SqliteEventStore.open(folder.resolve("run.db"), options)) {
            EventLog<OrchestrationEvent> log = OrchestrationLog.in(store);
            Course course = new Course(log);

            Orchestration incremental = course.run();

            assertThat(course.refused).as("refused with seed %d", SEED).isBetween(1_000, 8_000);
            assertThat(new TreeSet<>(course.types)).as("types of events").hasSize(25);
            assertThat(WholeLog.problems(store)).isEmpty();
            assertThat(LiveTables.in(store)).isEqualTo(LiveTables.of(incremental));
            ReadModelProof.requireEqual(store.verify(new OrchestrationTables()));
            ReadModelProof.of(new OrchestrationProjector(), OrchestrationRows.all())
                    .withSnapshots(new OrchestrationSnapshots())
                    .withLive("kept current", any -> incremental)
                    .check(log);
        }
    }

    @Test
    void a_decision_within_its_boundary_is_the_decision_on_the_whole_log() {
        EventLog<OrchestrationEvent> log = OrchestrationLog.in(MemoryEventStore.create());
        OrchestrationDecider decider = new OrchestrationDecider();
        CommandHandler<OrchestrationCommand, OrchestrationEvent> commands = OrchestrationLog.commands(log);
        Orchestration all = Orchestration.empty();
        Random random = new Random(7);
        for (int i = 0; i < 1_500; i++) {
            OrchestrationCommand command = RandomCommands.next(random, all);
            Object whole = outcome(decider, command, all);

            Object bounded =
                    outcome(decider, command, log.read(command.boundary()).fold(decider));

            assertThat(bounded).as("command %d, %s", i, command).isEqualTo(whole);
            if (whole instanceof List<?>) {
                all = decider.projectAll(all, commands.handle(command).events());
            }
        }
        assertThat(all.turns()).isNotEmpty();
    }

    private static Object outcome(OrchestrationDecider decider, OrchestrationCommand command, Orchestration all) {
        try {
            return decider.decide(command, all);
        } catch (OrchestrationRejected refusal) {
            return refusal.getMessage();
        }
    }

    /** The run, watched from step to step. */
    private static final class Course {

        private final EventLog<OrchestrationEvent> log;
        private final CommandHandler<OrchestrationCommand, OrchestrationEvent> commands;
        private final OrchestrationProjector projector = new OrchestrationProjector();
        private final List<String> types = new ArrayList<>();
        private int refused;

        Course(EventLog<OrchestrationEvent> log) {
            this.log = log;
            this.commands = OrchestrationLog.commands(log);
        }

        Orchestration run() {
            Random random = new Random(SEED);
            Orchestration all = projector.initialState();
            for (int i = 0; i < COMMANDS; i++) {
                all = projector.projectAll(all, carryOut(RandomCommands.next(random, all)));
                if (i % 100 == 0 || i == COMMANDS - 1) {
                    assertThat(Integrity.problems(all))
                            .as("after %d commands, seed %d", i + 1, SEED)
                            .isEmpty();
                }
            }
            return all;
        }

        private List<OrchestrationEvent> carryOut(OrchestrationCommand command) {
            long before = log.store().info().head();
            List<OrchestrationEvent> events = List.of();
            try {
                events = commands.handle(command).events();
                events.forEach(event -> types.add(event.getClass().getSimpleName()));
            } catch (OrchestrationRejected refusal) {
                refused++;
            }
            assertThat(log.store().info().head()).as("after %s", command).isEqualTo(before + events.size());
            return events;
        }
    }
}
