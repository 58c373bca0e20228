package dev.recount.replay;

import java.util.List;

/**
 * What became of a state between two moments of its log. Immutable where the values are.
 *
 * @param from the sequence of the first moment
 * @param to the sequence of the second moment
 * @param skipped how many events up to the later one could not be decoded and were left out
 * @param rows the rows that differ, in the order of their keys
 */
public record StateDiff(long from, long to, long skipped, List<RowChange> rows) {

    /** Copies the rows. */
    public StateDiff {
        rows = List.copyOf(rows);
    }

    /** Whether nothing differs. */
    public boolean isEqual() {
        return rows.isEmpty();
    }
}
