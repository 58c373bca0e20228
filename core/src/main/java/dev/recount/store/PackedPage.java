package dev.recount.store;

import dev.recount.event.PackedEvents;

/**
 * A page whose events are packed, oldest first. It may hold fewer events than a page that is not, and goes on as one does.
 *
 * <p>Immutable.
 *
 * @param events what was found
 * @param upTo the sequence up to which the log was looked through, as {@link Page#upTo}
 * @param complete whether nothing more is to be found, as {@link Page#complete}
 */
public record PackedPage(PackedEvents events, long upTo, boolean complete) {}
