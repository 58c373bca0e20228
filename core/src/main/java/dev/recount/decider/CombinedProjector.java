package dev.recount.decider;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

record CombinedProjector<A, B, E>(Projector<A, E> left, Projector<B, E> right) implements Projector<Both<A, B>, E> {

    private static final int BATCH = 1_000;

    @Override
    public Both<A, B> initialState() {
        return new Both<>(left.initialState(), right.initialState());
    }

    @Override
    public Both<A, B> project(Both<A, B> state, E event) {
        return state.with(left.project(state.first(), event), right.project(state.second(), event));
    }

    // Both go over the events, which can be gone over once only.
    @Override
    public Both<A, B> projectAll(Both<A, B> state, Iterable<? extends E> events) {
        Both<A, B> current = state;
        List<E> batch = new ArrayList<>();
        for (Iterator<? extends E> each = events.iterator(); each.hasNext(); ) {
            batch.add(each.next());
            if (batch.size() == BATCH || !each.hasNext()) {
                current = current.with(
                        left.projectAll(current.first(), batch), right.projectAll(current.second(), batch));
                batch.clear();
            }
        }
        return current;
    }
}
