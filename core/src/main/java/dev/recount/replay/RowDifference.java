package dev.recount.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row in which a live read model and its replay differ. Immutable where the values are.
 *
 * @param key the key of the row
 * @param kind on which side it is
 * @param fields what differs, in the order of the fields; none where only one side has the row
 * @param lastSequence the sequence of the last event that touched the row; 0 where none did; {@link #NOT_LOOKED_FOR} where it was not
 *     looked for, such as where very many rows differ
 */
public record RowDifference(String key, Kind kind, List<Field> fields, long lastSequence) {

    /** In the place of a sequence where nobody looked for the event. */
    public static final long NOT_LOOKED_FOR = -1;

    /** On which side a row is that differs. */
    public enum Kind {
        /** Both sides have it, with other values. */
        CHANGED,
        /** Only the replay has it: the live model lacks it. */
        MISSING,
        /** Only the live model has it: no event made it. */
        EXTRA
    }

    /** Copies the fields. */
    public RowDifference {
        fields = List.copyOf(fields);
    }

    /**
     * A value that differs. Immutable where the values are.
     *
     * @param name the name of the field
     * @param live what the live model has; null where it has nothing there
     * @param replayed what the replay has; null where it has nothing there
     */
    public record Field(
            String name, @Nullable Object live, @Nullable Object replayed) {

        @Override
        public String toString() {
            return name + ": live " + live + ", replayed " + replayed;
        }
    }

    @Override
    public String toString() {
        String where = lastSequence == NOT_LOOKED_FOR
                ? "last event not looked for"
                : lastSequence == 0 ? "no event touched it" : "last event " + lastSequence;
        return switch (kind) {
            case CHANGED -> key + " differs in " + fields + " (" + where + ")";
            case MISSING -> key + " is missing in the live model (" + where + ")";
            case EXTRA -> key + " is in the live model only (" + where + ")";
        };
    }
}
