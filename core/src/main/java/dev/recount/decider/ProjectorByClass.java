package dev.recount.decider;

import java.util.function.BiFunction;

/**
 * A projector made of one handler for each event class.
 *
 * <p>A handler for a class takes its subclasses too, unless they have a handler of their own; among several that fit, the
 * first registered wins. Events without a handler change nothing. Immutable.
 *
 * @see Projector#startingWith
 */
public final class ProjectorByClass<S, E> implements Projector<S, E> {

    private final S initialState;
    private final ClassTable<BiFunction<S, E, S>> handlers;

    private ProjectorByClass(S initialState, ClassTable<BiFunction<S, E, S>> handlers) {
        this.initialState = initialState;
        this.handlers = handlers;
    }

    static <S, E> ProjectorByClass<S, E> startingWith(S initialState) {
        return new ProjectorByClass<>(initialState, ClassTable.empty());
    }

    /**
     * This projector with a handler for events of {@code eventClass}.
     *
     * @throws IllegalArgumentException where the class has a handler already
     */
    public <T extends E> ProjectorByClass<S, E> on(
            Class<T> eventClass, BiFunction<? super S, ? super T, ? extends S> handler) {
        return new ProjectorByClass<>(
                initialState,
                handlers.with(eventClass, (state, event) -> handler.apply(state, eventClass.cast(event))));
    }

    @Override
    public S initialState() {
        return initialState;
    }

    @Override
    public S project(S state, E event) {
        BiFunction<S, E, S> handler = handlers.find(event);
        return handler == null ? state : handler.apply(state, event);
    }
}
