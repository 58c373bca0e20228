package dev.recount.reaction;

import java.time.Duration;

/**
 * How often an effect is tried, and how long is waited between: each wait is longer than the one before, up to the longest.
 *
 * <p>A try that a crash broke off counts, but nothing is parked for it: a crash may have been anybody's fault.
 *
 * <p>Defaults: 8 tries; 1 s, then each time twice as long, at most 5 minutes.
 *
 * <p>Immutable.
 */
public final class Retries {

    private static final Retries DEFAULTS = new Retries(8, Duration.ofSeconds(1), 2.0, Duration.ofMinutes(5));

    private final int maxAttempts;
    private final Duration first;
    private final double factor;
    private final Duration longest;

    private Retries(int maxAttempts, Duration first, double factor, Duration longest) {
        this.maxAttempts = maxAttempts;
        this.first = first;
        this.factor = factor;
        this.longest = longest;
    }

    /** The defaults. */
    public static Retries defaults() {
        return DEFAULTS;
    }

    /**
     * Parks a reaction after so many tries.
     *
     * @throws IllegalArgumentException below 1
     */
    public Retries withMaxAttempts(int attempts) {
        if (attempts < 1) {
            throw new IllegalArgumentException(attempts + " tries are too few. Give at least 1.");
        }
        return new Retries(attempts, first, factor, longest);
    }

    /**
     * Waits between {@code shortest}, after the first try, and {@code longestWait}; each wait is {@code times} the one before.
     *
     * @throws IllegalArgumentException where a wait is below zero, the longest is shorter than the first or longer than 36,500 days, or
     *     the factor is below 1
     */
    public Retries withWaits(Duration shortest, double times, Duration longestWait) {
        if (shortest.isNegative() || longestWait.compareTo(shortest) < 0 || !(times >= 1)) {
            throw new IllegalArgumentException("Waits from " + shortest + " to " + longestWait + ", each " + times
                    + " times the one before, do not grow. Give zero or more, a longest that is not shorter, and a"
                    + " factor of at least 1.");
        }
        LongestTime.require("A longest wait", longestWait);
        return new Retries(maxAttempts, shortest, times, longestWait);
    }

    int maxAttempts() {
        return maxAttempts;
    }

    /** How long to wait after that many tries. */
    Duration after(int attempts) {
        double wait = seconds(first) * Math.pow(factor, attempts - 1);
        return wait < seconds(longest) ? Duration.ofMillis(Math.round(wait * 1_000)) : longest;
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }

    @Override
    public String toString() {
        return maxAttempts + " tries, waiting " + first + " to " + longest + ", each " + factor
                + " times the one before";
    }
}
