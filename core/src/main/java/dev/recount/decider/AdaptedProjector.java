package dev.recount.decider;

import java.util.stream.StreamSupport;

record AdaptedProjector<S, E extends W, W>(Projector<S, E> projector, Class<E> eventClass) implements Projector<S, W> {

    @Override
    public S initialState() {
        return projector.initialState();
    }

    @Override
    public S project(S state, W event) {
        return eventClass.isInstance(event) ? projector.project(state, eventClass.cast(event)) : state;
    }

    @Override
    public S projectAll(S state, Iterable<? extends W> events) {
        Iterable<E> ours = () -> StreamSupport.stream(events.spliterator(), false)
                .filter(eventClass::isInstance)
                .map(eventClass::cast)
                .iterator();
        return projector.projectAll(state, ours);
    }
}
