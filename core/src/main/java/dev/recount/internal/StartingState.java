package dev.recount.internal;

/**
 * Where a computation begins: a state, the sequence up to which events went into it, and how many these were.
 */
public record StartingState<S>(S state, long sequence, long events) {

    /** The state before the first event. */
    public static <S> StartingState<S> initial(S state) {
        return new StartingState<>(state, 0, 0);
    }
}
