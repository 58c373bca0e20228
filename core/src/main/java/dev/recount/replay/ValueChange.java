package dev.recount.replay;

import dev.recount.event.StoredEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event that changed a value. Immutable where the values are.
 *
 * @param event the event, as it is stored: with its type, its times and who caused it
 * @param before the value before it; null where there was none
 * @param after the value after it; null where there is none
 */
public record ValueChange(
        StoredEvent event,
        @Nullable Object before,
        @Nullable Object after) {

    /** The sequence of the event. */
    public long sequence() {
        return event.sequence();
    }

    @Override
    public String toString() {
        return before + " -> " + after + " by " + event.type() + " at " + event.sequence();
    }
}
