package dev.recount.decider;

import java.util.List;

record AdaptedDecider<C extends D, D, S, E extends W, W>(
        Decider<C, S, E> decider, Class<C> commandClass, Class<E> eventClass) implements Decider<D, S, W> {

    @Override
    public S initialState() {
        return decider.initialState();
    }

    @Override
    public S project(S state, W event) {
        return eventClass.isInstance(event) ? decider.project(state, eventClass.cast(event)) : state;
    }

    @Override
    public List<W> decide(D command, S state) {
        return commandClass.isInstance(command)
                ? List.copyOf(decider.decide(commandClass.cast(command), state))
                : List.of();
    }
}
