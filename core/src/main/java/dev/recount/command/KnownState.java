package dev.recount.command;

/**
 * A state and the sequence up to which everything within its boundary has been folded into it.
 *
 * @param events how many stored events these were
 * @param kept how many of them the newest snapshot holds
 */
record KnownState<S>(S state, long upTo, long events, long kept) {

    static <S> KnownState<S> initial(S state) {
        return new KnownState<>(state, 0, 0, 0);
    }

    /** The state after {@code more} stored events. */
    KnownState<S> next(S newState, long newUpTo, long more) {
        return new KnownState<>(newState, newUpTo, events + more, kept);
    }

    /** The same state, of which a snapshot holds so many events. */
    KnownState<S> withKept(long newKept) {
        return new KnownState<>(state, upTo, events, Math.max(kept, newKept));
    }

    /** How many stored events are in no snapshot yet. */
    long newEvents() {
        return events - kept;
    }
}
