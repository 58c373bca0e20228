package dev.recount.decider;

import java.util.List;
import java.util.function.BiFunction;

/** A projector that also decides. */
record ProjectorDecider<C, S, E>(Projector<S, E> projector, BiFunction<C, S, List<E>> decision)
        implements Decider<C, S, E> {

    @Override
    public S initialState() {
        return projector.initialState();
    }

    @Override
    public S project(S state, E event) {
        return projector.project(state, event);
    }

    @Override
    public S projectAll(S state, Iterable<? extends E> events) {
        return projector.projectAll(state, events);
    }

    @Override
    public List<E> decide(C command, S state) {
        return decision.apply(command, state);
    }
}
