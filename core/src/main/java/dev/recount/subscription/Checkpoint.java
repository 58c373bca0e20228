package dev.recount.subscription;

/**
 * How far a reader has got in one log: everything up to the sequence has been applied. Immutable.
 *
 * @param logId the identity of the log
 * @param sequence the sequence; 0 before the first event
 */
public record Checkpoint(String logId, long sequence) {}
