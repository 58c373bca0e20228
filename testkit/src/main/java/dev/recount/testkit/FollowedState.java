package dev.recount.testkit;

import dev.recount.EventLog;
import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.Projector;
import dev.recount.event.StoredEvent;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.List;

/** A state that is kept current event by event, as a subscription would. Not thread-safe. */
final class FollowedState<S, E> {

    private final EventLog<E> log;
    private final Projector<S, E> model;
    private S state;
    private long sequence;

    FollowedState(EventLog<E> log, Projector<S, E> model) {
        this.log = log;
        this.model = model;
        this.state = model.initialState();
        catchUp();
    }

    void catchUp() {
        List<StoredEvent> news =
                Pages.readAll(log.store(), Query.all(), ReadOptions.defaults().after(sequence));
        for (StoredEvent event : news) {
            apply(event);
            sequence = event.sequence();
        }
    }

    S state() {
        return state;
    }

    private void apply(StoredEvent stored) {
        try {
            for (E event : log.codec().decode(stored)) {
                state = model.project(state, event);
            }
        } catch (UndecodableEvent passedOver) {
            // A replay leaves it out too.
        }
    }
}
