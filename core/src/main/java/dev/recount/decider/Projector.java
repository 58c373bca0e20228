package dev.recount.decider;

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

    /** The state after all of {@code events}, in their order. */
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
