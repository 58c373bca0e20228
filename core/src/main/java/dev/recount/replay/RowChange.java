package dev.recount.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row that is another in a second state than in a first. Immutable where the values are.
 *
 * @param key the key of the row
 * @param kind what became of it
 * @param fields the fields whose values differ, in their order; of a row that only one state has, all that are not null
 */
public record RowChange(String key, Kind kind, List<Field> fields) {

    /** What became of a row. */
    public enum Kind {
        /** Both states have it, with other values. */
        CHANGED,
        /** Only the second state has it. */
        ADDED,
        /** Only the first state has it. */
        REMOVED
    }

    /** Copies the fields. */
    public RowChange {
        fields = List.copyOf(fields);
    }

    /**
     * A value that differs. Immutable where the values are.
     *
     * @param name the name of the field
     * @param before what the first state has; null where it has nothing there
     * @param after what the second state has; null where it has nothing there
     */
    public record Field(
            String name, @Nullable Object before, @Nullable Object after) {

        @Override
        public String toString() {
            return name + ": " + before + " -> " + after;
        }
    }

    @Override
    public String toString() {
        return key
                + switch (kind) {
                    case CHANGED -> " changed in ";
                    case ADDED -> " was added with ";
                    case REMOVED -> " was removed with ";
                }
                + fields;
    }
}
