package dev.recount.store.sqlite;

/**
 * When a log is looked at next. SQLite writes first and makes a commit visible after that, which no file system tells of: so after
 * a change was told of, it is looked at again and again, each time after twice the pause. Not thread-safe: use under the lock of
 * its {@link CommitSignal}.
 */
final class LookTimes {

    private static final long FIRST_PAUSE_NANOS = 200_000;
    private static final long LONGEST_PAUSE_NANOS = Long.MAX_VALUE / 4;
    // A log that is written without pause is looked at so often and no more.
    private static final long LEAST_PAUSE_NANOS = 2_000_000;

    private long lookedAt = System.nanoTime();
    private long pauseNanos = LONGEST_PAUSE_NANOS;
    private boolean changed;
    private long changesAt = lookedAt - LEAST_PAUSE_NANOS;

    /** A change was told of; false where that is known already. */
    boolean change() {
        boolean news = !changed;
        changed = true;
        return news;
    }

    /** A look was taken from outside the order. */
    void looked() {
        lookedAt = System.nanoTime();
    }

    /** How long until the next look, at most that long after the last. */
    long nanosToNext(long longestPauseNanos) {
        long now = System.nanoTime();
        if (changed && now - changesAt >= LEAST_PAUSE_NANOS) {
            return 0;
        }
        return lookedAt + Math.min(pauseNanos, longestPauseNanos) - now;
    }

    /** A look begins now. */
    void look() {
        lookedAt = System.nanoTime();
        if (changed) {
            changed = false;
            changesAt = lookedAt;
            pauseNanos = FIRST_PAUSE_NANOS;
        } else {
            pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
        }
    }
}
