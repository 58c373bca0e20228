package dev.recount.decider;

import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A projector whose state is changed in place inside a batch. */
record BatchProjector<S, M, E>(
        S initialState, Function<? super S, M> open, BiConsumer<M, ? super E> apply, Function<M, S> close)
        implements Projector<S, E> {

    @Override
    public S project(S state, E event) {
        return projectAll(state, List.of(event));
    }

    @Override
    public S projectAll(S state, Iterable<? extends E> events) {
        Iterator<? extends E> each = events.iterator();
        if (!each.hasNext()) {
            return state;
        }
        M changing = open.apply(state);
        while (each.hasNext()) {
            apply.accept(changing, each.next());
        }
        return close.apply(changing);
    }
}
