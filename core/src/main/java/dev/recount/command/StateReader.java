package dev.recount.command;

import dev.recount.codec.EventCodec;
import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.Projector;
import dev.recount.internal.EventReader;
import dev.recount.snapshot.Snapshots;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import org.jspecify.annotations.Nullable;

/** Folds what a boundary holds, starting from the state that is known already. */
final class StateReader<S, E> {

    private final EventStore store;
    private final EventCodec<E> codec;
    private final Projector<S, E> projector;
    private final StateCache<S> cache;
    private final BoundarySnapshots<S> snapshots;

    StateReader(
            EventStore store,
            EventCodec<E> codec,
            Projector<S, E> projector,
            @Nullable Snapshots<S> snapshots,
            int keptStates) {
        this.store = store;
        this.codec = codec;
        this.projector = projector;
        this.cache = new StateCache<>(keptStates);
        this.snapshots = BoundarySnapshots.of(store, snapshots);
    }

    /** What was known of the boundary before; the initial state where nothing was. */
    KnownState<S> known(Query boundary) {
        KnownState<S> known = cache.get(boundary);
        return known != null
                ? known
                : snapshots.find(boundary).orElseGet(() -> KnownState.initial(projector.initialState()));
    }

    /** What is known still, where retention has removed events that come after what was known. */
    KnownState<S> knownAbove(Query boundary) {
        cache.forget(boundary);
        return known(boundary);
    }

    /** The state at the head of the log, read on from what is known. */
    KnownState<S> catchUp(Query boundary, KnownState<S> known) {
        ReadOptions unseen = ReadOptions.defaults().after(known.upTo());
        try (EventReader<E> events =
                new EventReader<>(store, codec, boundary, unseen, true, StateReader::requireUnknownType)) {
            S state = projector.projectAll(known.state(), () -> events);
            KnownState<S> current = known.next(state, events.requireEnd(), events.stored());
            cache.put(boundary, current);
            return current;
        }
    }

    /** A decision was made on this state: takes a snapshot of it where one is due. */
    void decidedOn(Query boundary, KnownState<S> known) {
        if (snapshots.take(boundary, known)) {
            cache.keptUpTo(boundary, known.events());
        }
    }

    // Other families may share the log. What belongs to this one and cannot be read would be missing in the state.
    private static void requireUnknownType(UndecodableEvent problem) {
        if (!problem.isUnknownType()) {
            throw problem;
        }
    }
}
