package dev.recount.decider;

import java.util.ArrayList;
import java.util.List;

record CombinedDecider<C, A, B, E>(Decider<C, A, E> left, Decider<C, B, E> right) implements Decider<C, Both<A, B>, E> {

    @Override
    public Both<A, B> initialState() {
        return new Both<>(left.initialState(), right.initialState());
    }

    @Override
    public Both<A, B> project(Both<A, B> state, E event) {
        return state.with(left.project(state.first(), event), right.project(state.second(), event));
    }

    @Override
    public List<E> decide(C command, Both<A, B> state) {
        List<E> events = new ArrayList<>(left.decide(command, state.first()));
        events.addAll(right.decide(command, state.second()));
        return List.copyOf(events);
    }
}
