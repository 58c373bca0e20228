package dev.recount.internal.log;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A moment of the monotonic clock until which something is tried. Immutable. */
public record Deadline(long nanoTime) {

    // About 146 years: longer, and the clock's arithmetic would wrap.
    private static final long FOREVER_NANOS = Long.MAX_VALUE / 2;

    /** A moment that does not come. */
    public static final Deadline NEVER = after(Duration.ofNanos(FOREVER_NANOS));

    /** So long from now. */
    public static Deadline after(Duration duration) {
        long nanos = TimeUnit.NANOSECONDS.convert(duration);
        return new Deadline(System.nanoTime() + Math.max(0, Math.min(FOREVER_NANOS, nanos)));
    }

    /** How long it still is; below zero once it is over. */
    public long remainingNanos() {
        return nanoTime - System.nanoTime();
    }

    /** Whether that moment has come. */
    public boolean isOver() {
        return remainingNanos() <= 0;
    }
}
