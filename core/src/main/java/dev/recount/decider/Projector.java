package dev.recount.decider;

import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Computes a state from events, one at a time.
 *
 * <p>A projector is pure: {@link #project} depends on its two arguments alone, changes neither of them, and never fails for
 * an event that was once stored. It asks no clock and no random generator and does no I/O, so the same events always give the
 * same state, at whatever speed and in whatever chunks they arrive.
 *
 * <pre>{@code
 * Projector<Integer, SeatEvent> taken = Projector.<Integer, SeatEvent>startingWith(0)
 *         .on(SeatTaken.class, (seats, event) -> seats + 1)
 *         .on(SeatFreed.class, (seats, event) -> seats - 1);
 * }</pre>
 *
 * <p>Implementations are expected to be immutable and thread-safe.
 *
 * @param <S> the state; treat it as immutable
 * @param <E> the events
 */
public interface Projector<S, E> {

    /** The state before the first event. */
    S initialState();

    /** The state after {@code event}; the given state itself where the event changes nothing. */
    S project(S state, E event);

    /**
     * The state after all of {@code events}, in their order; the same as projecting them one by one.
     *
     * <p>A replay gives all its events in one call, which goes over them once. So a projector of a large state may change a
     * copy of its own in place inside this method, and give it out immutable at the end; {@link #inBatches} makes one that
     * does.
     */
    default S projectAll(S state, Iterable<? extends E> events) {
        S current = state;
        for (E event : events) {
            current = project(current, event);
        }
        return current;
    }

    /** A projector made of one handler for each event class; events without a handler change nothing. */
    static <S, E> ProjectorByClass<S, E> startingWith(S initialState) {
        return ProjectorByClass.startingWith(initialState);
    }

    /**
     * A projector that opens an immutable state for changes, applies a whole batch of events to what it opened, and closes that again.
     * So a batch pays once for what each of its events would otherwise pay for, and the states that anybody sees stay immutable.
     *
     * <p>A batch may be a single event, so opening and closing a large state should cost what the batch changes, never what the state
     * holds: gather the changes in a {@code HashMap} beside a persistent map, and put them into it in {@code close}.
     *
     * @param open gives the form that can be changed; it must leave the state as it is
     * @param apply changes that form by one event
     * @param close gives the immutable state; the form that could be changed is not used again
     */
    static <S, M, E> Projector<S, E> inBatches(
            S initialState, Function<? super S, M> open, BiConsumer<M, ? super E> apply, Function<M, S> close) {
        return new BatchProjector<>(initialState, open, apply, close);
    }

    /** Computes two states side by side from the same events. */
    static <A, B, E> Projector<Both<A, B>, E> combine(Projector<A, E> first, Projector<B, E> second) {
        return new CombinedProjector<>(first, second);
    }

    /**
     * The same projector over a wider family of events: those that are not instances of {@code eventClass} change nothing.
     */
    static <S, E extends W, W> Projector<S, W> adapt(Projector<S, E> projector, Class<E> eventClass) {
        return new AdaptedProjector<>(projector, eventClass);
    }
}
