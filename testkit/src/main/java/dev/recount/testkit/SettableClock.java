package dev.recount.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved, forwards or back. Thread-safe. */
final class SettableClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-03-03T10:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void set(Instant time) {
        now = time;
    }

    void move(Duration by) {
        now = now.plus(by);
    }
}
