package dev.recount.store.postgres;

/**
 * What came of a transfer. Immutable.
 *
 * @param rig the name of the rig
 * @param logId the log's identity, which it keeps
 * @param head the sequence up to which it has everything now
 * @param events how many events this run has taken in; 0 where all were there
 * @param open whether the rig is the log's own place now, which takes appends; else it is a copy
 */
public record Transferred(String rig, String logId, long head, long events, boolean open) {}
