package dev.recount.examples.workspaces;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved on. Thread-safe; moved by one thread. */
final class FastClock implements InstantSource {

    private volatile Instant now;

    FastClock(Instant start) {
        this.now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    void set(Instant time) {
        now = time;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread
    void move(Duration by) {
        now = now.plus(by);
    }
}
