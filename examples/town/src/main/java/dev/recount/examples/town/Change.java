package dev.recount.examples.town;

import org.jspecify.annotations.Nullable;

/**
 * What a field was and what it is now. Immutable.
 *
 * @param field its name
 * @param from what it was; null where there was nothing
 * @param to what it is; null where there is nothing now
 */
public record Change(
        String field, @Nullable String from, @Nullable String to) {}
