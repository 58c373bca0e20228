package dev.recount.feed.client;

import org.jspecify.annotations.Nullable;

/**
 * What stood between two blank lines of a stream. Immutable.
 *
 * @param id null where the frame has none
 * @param data null where the frame has none
 */
record Frame(@Nullable String id, @Nullable String data) {}
