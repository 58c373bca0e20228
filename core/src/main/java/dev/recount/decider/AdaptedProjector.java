package dev.recount.decider;

record AdaptedProjector<S, E extends W, W>(Projector<S, E> projector, Class<E> eventClass) implements Projector<S, W> {

    @Override
    public S initialState() {
        return projector.initialState();
    }

    @Override
    public S project(S state, W event) {
        return eventClass.isInstance(event) ? projector.project(state, eventClass.cast(event)) : state;
    }
}
