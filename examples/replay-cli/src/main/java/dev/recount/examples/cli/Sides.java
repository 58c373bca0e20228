package dev.recount.examples.cli;

import dev.recount.examples.cli.model.Model;
import dev.recount.replay.Replay;
import dev.recount.replay.Replayed;
import dev.recount.replay.StateRows;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * What two places have of the same log up to a sequence. Immutable.
 *
 * @param chain the hash there in the source; empty where it has none
 * @param sameChain whether the target has the same
 * @param sourceEvents how many events the source has
 * @param targetEvents how many of these the target has
 * @param compared how many rows of a read model were compared
 * @param diverging the keys of the rows that differ
 * @param modelLeftOut whether no model was compared, since retention has removed events from the source that the target has
 */
record Sides(
        String chain,
        boolean sameChain,
        long sourceEvents,
        long targetEvents,
        long compared,
        List<String> diverging,
        boolean modelLeftOut) {

    private static final int LISTED = 100;

    Sides {
        diverging = List.copyOf(diverging);
    }

    /** Reads both sides from their start. */
    static <S, E> Sides compare(
            Model<S, E> model, EventStore source, EventStore target, long until, LongConsumer progress) {
        Optional<String> chain = source.chainAt(until);
        boolean sameChain = chain.isPresent() && chain.equals(target.chainAt(until));
        long floor = source.info().floor();
        if (target.info().floor() != floor) {
            long events = count(source, floor, until);
            return new Sides(chain.orElse(""), sameChain, events, count(target, floor, until), 0, List.of(), true);
        }
        Replayed<S> live = replay(model, source, until, progress);
        Replayed<S> copied = replay(model, target, until, progress);
        Set<String> keys = new TreeSet<>(model.rows().keys(live.state()));
        keys.addAll(model.rows().keys(copied.state()));
        return new Sides(
                chain.orElse(""),
                sameChain,
                live.events() + live.skipped(),
                copied.events() + copied.skipped(),
                keys.size(),
                diverging(model.rows(), keys, live.state(), copied.state()),
                false);
    }

    private static long count(EventStore store, long after, long until) {
        AtomicLong count = new AtomicLong();
        new Reading(Query.all(), after, until, false, Long.MAX_VALUE)
                .run(store, event -> count.incrementAndGet(), page -> {});
        return count.get();
    }

    private static <S, E> Replayed<S> replay(Model<S, E> model, EventStore store, long until, LongConsumer progress) {
        return Replay.of(store, model.codec(), model.projector())
                .reportingTo(now -> progress.accept(now.sequence()))
                .until(until)
                .run();
    }

    private static <S> List<String> diverging(StateRows<S> rows, Set<String> keys, S live, S copied) {
        List<String> diverging = new ArrayList<>();
        for (String key : keys) {
            if (diverging.size() < LISTED && !rows.row(live, key).equals(rows.row(copied, key))) {
                diverging.add(key);
            }
        }
        return diverging;
    }

    boolean areEqual() {
        return sameChain && sourceEvents == targetEvents && diverging.isEmpty();
    }
}
