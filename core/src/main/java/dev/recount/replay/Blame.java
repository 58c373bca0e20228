package dev.recount.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every event that changed one value of a state. Immutable where the values are.
 *
 * @param key the key of the row
 * @param field the name of the field; null where the whole row was asked for: then values are maps of its fields
 * @param sequence the sequence up to which the log was read
 * @param value what the value is there; null where there is none
 * @param skipped how many events could not be decoded and were left out
 * @param changes the changes, oldest first; none where the value never was anything but null
 */
public record Blame(
        String key,
        @Nullable String field,
        long sequence,
        @Nullable Object value,
        long skipped,
        List<ValueChange> changes) {

    /** Copies the changes. */
    public Blame {
        changes = List.copyOf(changes);
    }
}
