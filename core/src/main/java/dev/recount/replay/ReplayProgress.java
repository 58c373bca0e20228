package dev.recount.replay;

/**
 * How far a replay has got. Immutable.
 *
 * @param sequence the sequence up to which the log was read
 * @param until the sequence up to which it will be read
 * @param events how many stored events were applied
 */
public record ReplayProgress(long sequence, long until, long events) {}
