package dev.recount.reaction;

import java.time.Instant;

/**
 * What was wanted is not to be done yet: thrown by an {@link Effect} that looks again later, such as one that waits for silence and has
 * heard something meanwhile.
 *
 * <pre>{@code
 * if (lastHeard.plus(LIMIT).isAfter(now)) {
 *     throw Postponed.until(lastHeard.plus(LIMIT));
 * }
 * }</pre>
 *
 * <p>It is no failed try: however often it is postponed, it is not parked for that, and it goes by the same key. It has no stack trace.
 * Immutable.
 */
public final class Postponed extends Exception {

    private final transient Instant until;

    private Postponed(Instant until) {
        super("It is not to be done before " + until + ".", null, false, false);
        this.until = until;
    }

    /**
     * To be looked at again at a time.
     *
     * @param time later than now by the reactor's clock; else the try counts as failed
     */
    public static Postponed until(Instant time) {
        return new Postponed(time);
    }

    /** When it is looked at again. */
    public Instant until() {
        return until;
    }
}
