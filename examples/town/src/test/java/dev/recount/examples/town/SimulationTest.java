package dev.recount.examples.town;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.EventLog;
import dev.recount.command.CommandHandler;
import dev.recount.store.Query;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.store.memory.MemoryReactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SimulationTest {

    @Test
    void agents_of_several_rigs_get_beads_done_and_are_refused_now_and_then() {
        List<Simulation.Step> steps = run(42);

        assertThat(steps).extracting(Simulation.Step::rig).contains("ash", "birch", "cedar");
        assertThat(steps).anyMatch(step -> step.rejected() != null);
        assertThat(steps).anyMatch(step -> step.events().stream().anyMatch(TownEvent.BeadClosed.class::isInstance));
        assertThat(steps).anyMatch(step -> step.events().stream().anyMatch(MailEvent.MailDelivered.class::isInstance));
        for (Class<?> event : List.of(
                ConvoyEvent.ConvoyCreated.class,
                MoleculeEvent.MoleculeCompleted.class,
                EscalationEvent.EscalationAcknowledged.class)) {
            assertThat(steps).anyMatch(step -> step.events().stream().anyMatch(event::isInstance));
        }
        assertThat(steps).filteredOn(step -> step.rejected() != null).hasSizeLessThan(steps.size() / 4);
    }

    @Test
    void the_convoy_of_all_rigs_lands_when_five_rounds_are_over() throws InterruptedException {
        Map<String, TownReactors.Rig> rigs = new TreeMap<>();
        Map<String, CommandHandler<TownCommand, TownEvent>> handlers = new TreeMap<>();
        for (String rig : List.of("ash", "birch", "cedar")) {
            EventLog<TownEvent> log = TownLog.in(MemoryEventStore.create());
            rigs.put(rig, new TownReactors.Rig(log, MemoryReactions.create()));
            handlers.put(rig, TownLog.commands(log));
        }

        Simulation.of(handlers, 7, CommandCase.NOON, step -> {}).run(5);
        try (TownReactors reactors = TownReactors.start(rigs, "one", InstantSource.system())) {
            assertThat(reactors.awaitIdle(Duration.ofSeconds(60))).isTrue();
        }

        EventLog<TownEvent> home = Objects.requireNonNull(rigs.get("ash")).log();
        assertThat(home.read(Query.ofTypes("convoy_landed"))).hasSize(1);
    }

    @Test
    void the_same_seed_tells_the_same_story() {
        assertThat(run(7))
                .extracting(Simulation.Step::events)
                .isEqualTo(run(7).stream().map(Simulation.Step::events).toList());
    }

    @Test
    void agents_that_follow_a_clock_are_never_ahead_of_it_and_go_on_where_they_were() {
        Map<String, CommandHandler<TownCommand, TownEvent>> rigs =
                Map.of("ash", TownLog.commands(TownLog.in(MemoryEventStore.create())));
        List<Simulation.Step> steps = new ArrayList<>();
        Simulation simulation = Simulation.of(rigs, 7, CommandCase.NOON, steps::add);
        Instant limit = CommandCase.NOON.plusSeconds(300);

        simulation.followClock(() -> limit);
        simulation.run(2);
        simulation.run(2);

        assertThat(steps)
                .extracting(step -> step.command().occurredAt())
                .isSorted()
                .allSatisfy(time -> assertThat(time).isBeforeOrEqualTo(limit))
                .endsWith(limit);
        assertThat(steps)
                .filteredOn(step -> step.command() instanceof HookCommand.SlingBead)
                .extracting(step -> ((HookCommand.SlingBead) step.command()).bead())
                .containsExactly("ash-1", "ash-2", "ash-3", "ash-4");
    }

    private static List<Simulation.Step> run(long seed) {
        Map<String, CommandHandler<TownCommand, TownEvent>> rigs = new TreeMap<>();
        for (String rig : List.of("ash", "birch", "cedar")) {
            EventLog<TownEvent> log = TownLog.in(MemoryEventStore.create());
            rigs.put(rig, TownLog.commands(log));
        }
        List<Simulation.Step> steps = new ArrayList<>();
        Simulation.of(rigs, seed, CommandCase.NOON, steps::add).run(12);
        return steps;
    }
}
