package dev.recount.feed;

import dev.recount.subscription.Checkpoint;

/**
 * How far a client is in one rig. Immutable.
 *
 * @param checkpoint the log and the sequence; with a blank log id where the rig could not be read yet
 * @param mark what tells the history up to there from any other
 */
record RigPlace(Checkpoint checkpoint, long mark) {

    private static final int DIGITS = 15;

    RigPlace(String logId, long sequence, String chain) {
        this(new Checkpoint(logId, sequence), mark(chain));
    }

    long sequence() {
        return checkpoint.sequence();
    }

    /** What a cursor keeps of {@link dev.recount.store.EventStore#chainAt}. */
    static long mark(String chain) {
        return chain.isEmpty() ? 0 : Long.parseLong(chain, 0, DIGITS, 16) % MarkSums.PRIME;
    }
}
