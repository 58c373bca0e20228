package dev.recount.command;

import dev.recount.codec.EventCodec;
import dev.recount.decider.Projector;
import dev.recount.event.StoredEvent;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;

/** Folds what a boundary holds, starting from the state that is known already. */
final class StateReader<S, E> {

    private final EventStore store;
    private final EventCodec<E> codec;
    private final Projector<S, E> projector;
    private final StateCache<S> cache;

    StateReader(EventStore store, EventCodec<E> codec, Projector<S, E> projector, int keptStates) {
        this.store = store;
        this.codec = codec;
        this.projector = projector;
        this.cache = new StateCache<>(keptStates);
    }

    /** What was known of the boundary before; the initial state where nothing was. */
    KnownState<S> known(Query boundary) {
        KnownState<S> known = cache.get(boundary);
        return known != null ? known : new KnownState<>(projector.initialState(), 0);
    }

    /** The state at the head of the log, read on from what is known. */
    KnownState<S> catchUp(Query boundary, KnownState<S> known) {
        KnownState<S> current = known;
        Page page;
        do {
            page = store.read(boundary, ReadOptions.defaults().after(current.upTo()));
            current = new KnownState<>(fold(current.state(), page), page.upTo());
        } while (!page.complete());
        cache.put(boundary, current);
        return current;
    }

    private S fold(S state, Page page) {
        S current = state;
        for (StoredEvent stored : page.events()) {
            current = projector.projectAll(current, codec.decodeKnown(stored));
        }
        return current;
    }
}
