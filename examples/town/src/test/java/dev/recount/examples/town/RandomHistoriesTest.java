package dev.recount.examples.town;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.EventLog;
import dev.recount.codec.jackson.JacksonRows;
import dev.recount.command.CommandHandler;
import dev.recount.store.Query;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.store.sqlite.Durability;
import dev.recount.store.sqlite.LogCopy;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.store.sqlite.SqliteTown;
import dev.recount.testkit.DeciderLaws;
import dev.recount.testkit.ReadModelProof;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RandomHistoriesTest {

    @Test
    void the_decider_keeps_the_laws() {
        DeciderLaws.of(
                        new TownDecider(),
                        (random, town) -> RandomCommands.create().next(random))
                .encodedBy(TownLog.codec())
                .check();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_replay_from_zero_equals_the_live_tables_and_refused_commands_store_nothing(long seed, @TempDir Path folder) {
        Random random = new Random(seed);
        SqliteOptions options = SqliteOptions.defaults().withInline(new TownTables());
        try (SqliteEventStore store = SqliteEventStore.open(folder.resolve("rig.db"), options)) {
            EventLog<TownEvent> rig = TownLog.in(store);
            RandomCommands commands = RandomCommands.create();
            int refused = 0;
            for (int i = 0; i < 300; i++) {
                refused += carryOut(commands.next(random), rig) ? 0 : 1;
            }

            TownState replayed =
                    rig.replay(new TownProjector()).strictly().run().state();
            TownState live = TownTables.read(store);
            assertThat(live.beads()).as("seed %d", seed).isEqualTo(replayed.beads());
            assertThat(live.agents()).as("seed %d", seed).isEqualTo(replayed.agents());
            assertThat(refused).as("refused with seed %d", seed).isBetween(30, 270);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void ten_thousand_commands_break_no_invariant_and_lead_to_the_same_town_whichever_way_it_is_computed(
            long seed, @TempDir Path folder) throws InterruptedException {
        ReadModelProof<TownState, TownEvent> proof = ReadModelProof.of(
                        new TownProjector(), JacksonRows.<TownState>create())
                .withSnapshots(new TownSnapshots())
                .withSeed(seed)
                .withCommands(10_000);
        SqliteOptions options = SqliteOptions.defaults().withDurability(Durability.NORMAL);
        Path copied = folder.resolve("copy.db");
        try (SqliteEventStore store =
                SqliteEventStore.open(folder.resolve("rig.db"), options.withInline(new TownTables()))) {
            EventLog<TownEvent> rig = TownLog.in(store);
            WatchedDecider rules = new WatchedDecider(store);
            RandomCommands commands = RandomCommands.over(16, 5);
            proof.withLive("kept in inline tables", log -> TownTables.read(store))
                    .check(rig, rig.handle(rules).within(TownCommand::boundary).keepingStates(1_000), random -> {
                        rules.requireNothingStoredWhereRefused();
                        return commands.next(random);
                    });
            ReadModelProof.requireEqual(store.verify(new TownTables()));
            requireInvariants(rig, rules, seed);

            LogCopy.of(store).to(copied);
        }

        try (SqliteEventStore copy = SqliteEventStore.open(copied, options.withAsync(new TownTables()))) {
            assertThat(copy.awaitApplied("town", copy.info().head(), Duration.ofMinutes(2)))
                    .isTrue();
            proof.withLive("copied and kept in async tables", log -> TownTables.read(copy))
                    .check(TownLog.in(copy));
            ReadModelProof.requireEqual(copy.verify(new TownTables()));
        }
    }

    private static void requireInvariants(EventLog<TownEvent> rig, WatchedDecider rules, long seed) {
        TownInvariants invariants = new TownInvariants();
        rig.read(Query.all()).forEach(invariants::take);
        invariants.requireSame(rig.replay(new TownProjector()).strictly().run().state());
        Set<Class<?>> commands = EveryCommandTest.leaves(TownCommand.class).collect(Collectors.toSet());
        assertThat(rules.accepted()).as("accepted with seed %d", seed).isEqualTo(commands);
        assertThat(rules.refused()).as("refused with seed %d", seed).isEqualTo(commands);
        Set<String> types = new TreeSet<>(TownLog.codec().types(TownEvent.class));
        types.removeAll(Set.of("observed", "renamed"));
        assertThat(invariants.count()).as("seed %d", seed).containsOnlyKeys(types);
    }

    @Test
    void a_copied_town_is_the_town_it_was_copied_from(@TempDir Path folder) {
        Random random = new Random(11);
        Path copied = folder.resolve("copy.db");
        try (SqliteEventStore store = SqliteEventStore.open(folder.resolve("rig.db"))) {
            EventLog<TownEvent> rig = TownLog.in(store);
            RandomCommands commands = RandomCommands.create();
            for (int i = 0; i < 300; i++) {
                carryOut(commands.next(random), rig);
            }
            TownState town = rig.replay(new TownProjector()).run().state();

            LogCopy.of(store).to(copied);

            try (SqliteEventStore copy = SqliteEventStore.openReadOnly(copied)) {
                assertThat(TownLog.in(copy).replay(new TownProjector()).run().state())
                        .isEqualTo(town);
            }
            assertThat(new TownSnapshots().decode(new TownSnapshots().encode(town)))
                    .isEqualTo(town);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8})
    void a_decision_within_its_boundary_is_the_decision_on_the_whole_log(long seed) {
        Random random = new Random(seed);
        EventLog<TownEvent> rig = TownLog.in(MemoryEventStore.create());
        TownDecider decider = new TownDecider();
        RandomCommands commands = RandomCommands.over(8, 4);
        TownState town = TownState.empty();
        for (int i = 0; i < 2_000; i++) {
            TownCommand command = commands.next(random);
            Object whole = outcome(decider, command, town);
            Object bounded =
                    outcome(decider, command, rig.read(command.boundary()).fold(decider));
            assertThat(bounded)
                    .as("command %d with seed %d, %s", i, seed, command)
                    .isEqualTo(whole);
            if (carryOut(command, rig)) {
                town = decider.projectAll(town, decider.decide(command, town));
            }
        }
    }

    @Test
    void two_rigs_never_see_each_other_also_when_ids_collide(@TempDir Path folder) {
        try (SqliteTown town = SqliteTown.open(folder)) {
            EventLog<TownEvent> one = TownLog.in(town.rig("one"));
            EventLog<TownEvent> two = TownLog.in(town.rig("two"));

            TownLog.commands(one).handle(CommandCase.create("b1"));
            TownLog.commands(two).handle(CommandCase.create("b1"));
            TownLog.commands(two).handle(new BeadCommand.CloseBead("b1", "done", "mayor", CommandCase.NOON));

            assertThat(one.store().info().head()).isEqualTo(1);
            assertThat(two.store().info().head()).isEqualTo(2);
            assertThat(one.replay(new TownProjector())
                            .run()
                            .state()
                            .bead("b1")
                            .orElseThrow()
                            .status())
                    .isEqualTo(Status.OPEN);
            assertThat(folder.resolve("one.db")).exists();
            assertThat(folder.resolve("two.db")).exists();
        }
    }

    private static Object outcome(TownDecider decider, TownCommand command, TownState town) {
        try {
            return decider.decide(command, town);
        } catch (TownRejected refusal) {
            return refusal.getMessage();
        }
    }

    /** Whether it was accepted; a refused one must have stored nothing. */
    private static boolean carryOut(TownCommand command, EventLog<TownEvent> rig) {
        CommandHandler<TownCommand, TownEvent> commands = TownLog.commands(rig);
        long before = rig.store().info().head();
        try {
            commands.handle(command);
            return true;
        } catch (TownRejected refusal) {
            assertThat(rig.store().info().head()).isEqualTo(before);
            return false;
        }
    }
}
