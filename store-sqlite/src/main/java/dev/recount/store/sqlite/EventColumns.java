package dev.recount.store.sqlite;

import dev.recount.internal.log.EventRow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The columns of an event in SQLite. */
final class EventColumns {

    /** The columns that {@link #read} expects, of the table or view named {@code e}. */
    static final String ALL = "e.sequence, e.type, e.version, e.tags, e.data, e.metadata, e.occurred_at, e.stored_at";

    static final String INSERT = "INSERT INTO recount_events"
            + " (sequence, type, version, tags, data, metadata, occurred_at, stored_at, chain)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private EventColumns() {}

    static EventRow read(ResultSet row) throws SQLException {
        return new EventRow(
                row.getLong(1),
                row.getString(2),
                row.getInt(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8));
    }

    static void bind(PreparedStatement insert, EventRow event, byte[] chain) throws SQLException {
        insert.setLong(1, event.sequence());
        insert.setString(2, event.type());
        insert.setInt(3, event.version());
        insert.setString(4, event.tags());
        insert.setString(5, event.data());
        insert.setString(6, event.metadata());
        insert.setString(7, event.occurredAt());
        insert.setString(8, event.storedAt());
        insert.setBytes(9, chain);
    }
}
