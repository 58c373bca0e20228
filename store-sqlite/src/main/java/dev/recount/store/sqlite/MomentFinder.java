package dev.recount.store.sqlite;

import dev.recount.internal.log.TimeText;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Finds the sequence of a moment by halving: {@code stored_at} needs no index, since it never decreases with the sequence. */
final class MomentFinder {

    private static final String FIRST_IN_RANGE = "SELECT sequence, stored_at FROM recount_events"
            + " WHERE sequence >= ? AND sequence <= ? ORDER BY sequence LIMIT 1";

    private MomentFinder() {}

    /** The last event stored at or before the time; the floor where there is none. */
    static long sequenceAt(Session session, Path file, Instant time) throws SQLException {
        LogRow log = LogRow.load(session, file);
        PreparedStatement first = session.prepare(FIRST_IN_RANGE);
        long atOrBefore = log.floor();
        long upper = log.head();
        while (atOrBefore < upper) {
            long middle = atOrBefore + (upper - atOrBefore - 1) / 2 + 1;
            first.setLong(1, middle);
            first.setLong(2, upper);
            try (ResultSet row = first.executeQuery()) {
                if (row.next() && !TimeText.parseTolerantly(row.getString(2)).isAfter(time)) {
                    atOrBefore = row.getLong(1);
                } else {
                    upper = middle - 1;
                }
            }
        }
        return atOrBefore;
    }
}
