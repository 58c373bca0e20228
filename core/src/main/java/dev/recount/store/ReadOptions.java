package dev.recount.store;

import org.jspecify.annotations.Nullable;

/**
 * Which part of what a query finds, in which order, and how much of it in one page.
 *
 * <p>Defaults: everything, oldest first, at most 500 events a page.
 *
 * <pre>{@code
 * ReadOptions next = ReadOptions.defaults().after(412).withLimit(100);         // the next 100 events after sequence 412
 * ReadOptions newest = ReadOptions.defaults().newestFirst().withLimit(20);     // the newest 20
 * }</pre>
 *
 * <p>Immutable.
 */
public final class ReadOptions {

    private static final int DEFAULT_LIMIT = 500;
    private static final ReadOptions DEFAULTS = new ReadOptions(0, Long.MAX_VALUE, DEFAULT_LIMIT, false);

    private final long after;
    private final long until;
    private final int limit;
    private final boolean newestFirst;

    private ReadOptions(long after, long until, int limit, boolean newestFirst) {
        this.after = after;
        this.until = until;
        this.limit = limit;
        this.newestFirst = newestFirst;
    }

    /** Everything, oldest first, at most 500 events a page. */
    public static ReadOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Only events after {@code sequence}.
     *
     * @throws IllegalArgumentException below 0
     */
    public ReadOptions after(long sequence) {
        return new ReadOptions(requireSequence("after", sequence), until, limit, newestFirst);
    }

    /**
     * Only events up to {@code sequence} and itself.
     *
     * @throws IllegalArgumentException below 0
     */
    public ReadOptions until(long sequence) {
        return new ReadOptions(after, requireSequence("until", sequence), limit, newestFirst);
    }

    /**
     * At most {@code events} in one page. A store may give fewer, never more.
     *
     * @throws IllegalArgumentException below 1
     */
    public ReadOptions withLimit(int events) {
        if (events < 1) {
            throw new IllegalArgumentException(
                    "A page of " + events + " events is not one. Give a limit of at least 1.");
        }
        return new ReadOptions(after, until, events, newestFirst);
    }

    /** Newest first; the next page is the one {@code until} just below this one's last event. */
    public ReadOptions newestFirst() {
        return new ReadOptions(after, until, limit, true);
    }

    /** Events after this sequence. */
    public long after() {
        return after;
    }

    /** Events up to this sequence. */
    public long until() {
        return until;
    }

    /** At most so many events in one page. */
    public int limit() {
        return limit;
    }

    /** Whether the newest come first. */
    public boolean isNewestFirst() {
        return newestFirst;
    }

    static long requireSequence(String what, long sequence) {
        if (sequence < 0) {
            throw new IllegalArgumentException("Sequence " + what + " " + sequence
                    + " is below 0. Sequences count from 1; 0 is before the first event.");
        }
        return sequence;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        if (!(object instanceof ReadOptions other)) {
            return false;
        }
        return after == other.after && until == other.until && limit == other.limit && newestFirst == other.newestFirst;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(after) * 31 + Long.hashCode(until) + limit + (newestFirst ? 1 : 0);
    }

    @Override
    public String toString() {
        return "after " + after + (until == Long.MAX_VALUE ? "" : " until " + until) + ", at most " + limit
                + (newestFirst ? ", newest first" : "");
    }
}
