package dev.recount.replay;

import java.util.List;

/**
 * Where two models of one log part. Immutable where the values are.
 *
 * @param sequence the sequence of the event after which they differ; 0 where they begin with other states
 * @param rows the rows that differ then: {@code before} is the one model's value, {@code after} the other's
 */
public record Parting(long sequence, List<RowChange> rows) {

    /** Copies the rows. */
    public Parting {
        rows = List.copyOf(rows);
    }
}
