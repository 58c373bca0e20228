package dev.recount.codec;

import dev.recount.event.StoredEvent;

/**
 * An event together with its stored form. Immutable where the event is.
 *
 * @param stored where and how it is stored
 * @param event the event itself
 */
public record RecordedEvent<E>(StoredEvent stored, E event) {

    /** Its place in the log. */
    public long sequence() {
        return stored.sequence();
    }
}
