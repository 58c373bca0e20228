package dev.recount.store;

/**
 * What a log says of itself. Immutable.
 *
 * @param logId its identity; a copy that goes its own way must get another
 * @param head the sequence of the newest event ever stored; 0 before the first
 * @param floor the sequence up to which events were removed by retention; 0 where none were
 */
public record LogInfo(String logId, long head, long floor) {}
