package dev.recount.decider;

record CombinedProjector<A, B, E>(Projector<A, E> left, Projector<B, E> right) implements Projector<Both<A, B>, E> {

    @Override
    public Both<A, B> initialState() {
        return new Both<>(left.initialState(), right.initialState());
    }

    @Override
    public Both<A, B> project(Both<A, B> state, E event) {
        return state.with(left.project(state.first(), event), right.project(state.second(), event));
    }
}
