package dev.recount.feed.client;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next try: twice as long as before the last one, up to a limit, and a random part less, so that clients that were
 * cut off together do not come back together. Not thread-safe.
 */
final class Backoff {

    private static final int MOST_DOUBLINGS = 20;

    private final Duration longest;
    private final DoubleSupplier random;
    private Duration shortest = Duration.ofSeconds(1);
    private int tries;

    /**
     * Begins with a second.
     *
     * @param random gives numbers from 0 to 1
     */
    Backoff(Duration longest, DoubleSupplier random) {
        this.longest = longest;
        this.random = random;
    }

    /** What the server wants the first wait to be. */
    void beginWith(Duration wanted) {
        shortest = wanted;
    }

    /** The server gave something: the next wait is the first one again. */
    void progressed() {
        tries = 0;
    }

    Duration next() {
        Duration doubled = shortest.multipliedBy(1L << Math.min(tries++, MOST_DOUBLINGS));
        Duration wait = doubled.compareTo(longest) < 0 ? doubled : longest;
        return Duration.ofNanos((long) (wait.toNanos() * (0.5 + random.getAsDouble() / 2)));
    }
}
