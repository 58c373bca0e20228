package dev.recount.store;

/**
 * What a retention removed, or would remove. Immutable.
 *
 * @param floorBefore the sequence up to which events had been removed before
 * @param floor the sequence up to which events are removed now
 * @param events how many events were removed by it
 */
public record Retained(long floorBefore, long floor, long events) {}
