package dev.recount.examples.orchestration;

import java.time.Duration;

/**
 * How long, and how much, of a provider's text may wait until it is stored: what a crash can take. Immutable.
 *
 * @param largestPiece characters (UTF-16) of which a stored piece has no more
 * @param longestWait after which a piece is stored, however small it is
 */
public record Coalescing(int largestPiece, Duration longestWait) {

    /** Refuses limits that no piece keeps. */
    public Coalescing {
        if (largestPiece < 2 || longestWait.isNegative()) {
            throw new IllegalArgumentException("Pieces of " + largestPiece + " characters after " + longestWait
                    + " are none. Give at least 2 characters, and no negative time.");
        }
    }

    /** 4,096 characters, or half a second. */
    public static Coalescing defaults() {
        return new Coalescing(4_096, Duration.ofMillis(500));
    }
}
