package dev.recount.store.sqlite;

import java.time.Duration;

/** A moment of the monotonic clock until which something is tried. Immutable. */
record Deadline(long nanoTime) {

    // About 146 years: longer, and the clock's arithmetic would wrap.
    private static final long FOREVER_NANOS = Long.MAX_VALUE / 2;

    static Deadline after(Duration duration) {
        long nanos = duration.compareTo(Duration.ofNanos(FOREVER_NANOS)) > 0 ? FOREVER_NANOS : duration.toNanos();
        return new Deadline(System.nanoTime() + nanos);
    }

    long remainingNanos() {
        return nanoTime - System.nanoTime();
    }

    boolean isOver() {
        return remainingNanos() <= 0;
    }
}
