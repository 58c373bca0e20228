package dev.recount.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What a log remembers of a retention. Immutable.
 *
 * @param at when it began, by the store's clock
 * @param by in whose name, where one was given
 * @param floorBefore the sequence up to which events had been removed before
 * @param floor the sequence up to which it removed events
 * @param events how many events it removed
 */
public record RetentionRecord(Instant at, Optional<String> by, long floorBefore, long floor, long events) {}
