package dev.recount.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that stands still until it is moved, forwards or back; at first it is 2026-03-03, 10:00 UTC.
 *
 * <pre>{@code
 * clock.move(Duration.ofHours(1));
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class SettableClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-03-03T10:00:00Z");

    /** A clock at its first time. */
    public SettableClock() {}

    @Override
    public Instant instant() {
        return now;
    }

    /** Sets it. */
    public void set(Instant time) {
        now = time;
    }

    /** Moves it; back, where the duration is below zero. Moves at the same moment from two threads may count as one. */
    public void move(Duration by) {
        now = now.plus(by);
    }
}
