package dev.recount.decider;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Decides commands one after the other, each on the state that those before it lead to. */
record BatchDecision<C, S, E>(Decider<C, S, E> decider) implements BiFunction<List<C>, S, List<E>> {

    @Override
    public List<E> apply(List<C> commands, S state) {
        List<E> events = new ArrayList<>();
        S reached = state;
        for (C command : commands) {
            List<E> decided = decider.decide(command, reached);
            reached = decider.projectAll(reached, decided);
            events.addAll(decided);
        }
        return List.copyOf(events);
    }
}
