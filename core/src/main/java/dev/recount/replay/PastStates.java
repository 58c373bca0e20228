package dev.recount.replay;

import dev.recount.codec.EventCodec;
import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.Projector;
import dev.recount.internal.EventReader;
import dev.recount.internal.StartingState;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/** The states that decisions were made on, asked for in the order of the log. Those asked for last are kept, and read on. */
final class PastStates<S, E> {

    private static final int KEPT = 1_000;

    private final EventStore store;
    private final EventCodec<E> codec;
    private final Projector<S, E> projector;
    private final Map<Query, StartingState<S>> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Query, StartingState<S>> eldest) {
            return size() > KEPT;
        }
    };

    PastStates(EventStore store, EventCodec<E> codec, Projector<S, E> projector) {
        this.store = store;
        this.codec = codec;
        this.projector = projector;
    }

    /**
     * The state of a boundary before a sequence.
     *
     * @throws UndecodableEvent where an event of a known type in it cannot be read
     */
    S before(Query boundary, long sequence) {
        StartingState<S> start = known.getOrDefault(boundary, StartingState.initial(projector.initialState()));
        ReadOptions unseen = ReadOptions.defaults().after(start.sequence()).until(sequence - 1);
        try (EventReader<E> events =
                new EventReader<>(store, codec, boundary, unseen, true, PastStates::requireUnknownType)) {
            S state = project(start.state(), events);
            known.put(boundary, new StartingState<>(state, sequence - 1, start.events() + events.stored()));
            return state;
        }
    }

    private S project(S start, EventReader<E> events) {
        try {
            S state = projector.projectAll(start, () -> events);
            events.requireEnd();
            return state;
        } catch (RuntimeException e) {
            if (events.isReading()) {
                throw e;
            }
            throw new IllegalStateException(
                    "The other decider failed to project up to sequence " + events.sequence() + " of type "
                            + events.type() + ": " + e + ". A projector must take every stored event.",
                    e);
        }
    }

    // As for the first decision: what is of other families does not concern it, what it cannot read stops it.
    private static void requireUnknownType(UndecodableEvent problem) {
        if (!problem.isUnknownType()) {
            throw problem;
        }
    }
}
