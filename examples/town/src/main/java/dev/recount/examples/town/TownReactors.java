package dev.recount.examples.town;

import dev.recount.EventLog;
import dev.recount.reaction.ReactionStore;
import dev.recount.reaction.Reactor;
import dev.recount.reaction.ReactorSetup;
import dev.recount.reaction.RunningReactor;
import dev.recount.store.sqlite.SqliteTown;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What a town does by itself: it raises escalations that nobody acknowledges, and lands convoys whose beads are closed, in whatever
 * rig they are.
 *
 * <p>Two reactors in each rig. Their progress is kept with the rig, so what becomes due while nothing runs is done at the next start, and
 * once. Any number of programs may run the same town: one at a time works in a rig.
 *
 * <pre>{@code
 * try (TownReactors reactors = TownReactors.start(TownReactors.rigsOf(town), "mayor-1", InstantSource.system())) {
 *     ...
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class TownReactors implements AutoCloseable {

    private final SortedMap<String, EventLog<TownEvent>> logs = new ConcurrentSkipListMap<>();
    private final List<RunningReactor> running = new ArrayList<>();
    private final String owner;
    private final InstantSource clock;

    private TownReactors(String owner, InstantSource clock) {
        this.owner = owner;
        this.clock = clock;
    }

    /**
     * A rig, and where the progress of its reactors is kept. Immutable.
     *
     * @param log its log
     * @param reactions in the rig's own file, for what must outlive the program
     */
    public record Rig(EventLog<TownEvent> log, ReactionStore reactions) {}

    /** The rigs that a town has now. */
    public static Map<String, Rig> rigsOf(SqliteTown town) {
        Map<String, Rig> rigs = new TreeMap<>();
        for (String name : town.rigs()) {
            rigs.put(name, new Rig(TownLog.in(town.rig(name)), town.reactions(name)));
        }
        return rigs;
    }

    /**
     * Starts the reactors of all these rigs.
     *
     * @param rigs by name; convoys know them by these names
     * @param owner the name of this program, of which one runs at a time; back under it after a crash, it goes on at once
     * @param clock says which escalations are due
     */
    public static TownReactors start(Map<String, Rig> rigs, String owner, InstantSource clock) {
        TownReactors reactors = new TownReactors(owner, clock);
        rigs.forEach((name, rig) -> reactors.logs.put(name, rig.log()));
        try {
            new TreeMap<>(rigs).forEach(reactors::add);
        } catch (RuntimeException | Error e) {
            reactors.close();
            throw e;
        }
        return reactors;
    }

    private void add(String name, Rig rig) {
        ConvoyLanding landing = new ConvoyLanding(logs, name, clock);
        running.add(setup(new EscalationTimers(), rig)
                .start((raise, attempt) -> EscalationTimers.due(raise, clock), TownLog.recordedCommands(rig.log())));
        running.add(setup(new ConvoyWatch(), rig).start(landing, TownLog.recordedCommands(rig.log())));
    }

    private <I> ReactorSetup<TownEvent, I> setup(Reactor<TownEvent, I> reactor, Rig rig) {
        return rig.log().react(reactor, rig.reactions()).withOwner(owner).withClock(clock);
    }

    /** The reactors, two for each rig in the order of their names: first its escalations, then its convoys. */
    public List<RunningReactor> running() {
        return List.copyOf(running);
    }

    /**
     * Waits until all rigs have been reacted to as far as they go and nothing is due, also of what that led to.
     *
     * @return whether it is so; false when the time is over
     * @throws InterruptedException where the waiting thread is interrupted
     */
    public boolean awaitIdle(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        Map<String, Long> heads;
        do {
            heads = heads();
            int next = 0;
            for (long head : heads.values()) {
                for (int i = 0; i < 2; i++) {
                    if (!running.get(next++).awaitIdle(head, Duration.ofNanos(end - System.nanoTime()))) {
                        return false;
                    }
                }
            }
        } while (!heads.equals(heads()));
        return true;
    }

    private Map<String, Long> heads() {
        Map<String, Long> heads = new TreeMap<>();
        logs.forEach((name, log) -> heads.put(name, log.store().info().head()));
        return heads;
    }

    /** Ends the reactors; an effect that is under way is ended first. The rigs stay open. */
    @Override
    public void close() {
        running.forEach(RunningReactor::close);
    }
}
