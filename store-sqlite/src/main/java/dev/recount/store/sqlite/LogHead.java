package dev.recount.store.sqlite;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Where a log goes on: what an append needs of the log's row, and no more. Immutable. */
final class LogHead {

    private final long sequence;
    private final byte[] chain;
    private final String lastStoredAt;
    private final long floor;

    private LogHead(long sequence, byte[] chain, String lastStoredAt, long floor) {
        this.sequence = sequence;
        this.chain = chain;
        this.lastStoredAt = lastStoredAt;
        this.floor = floor;
    }

    static LogHead load(Session session, Path file) throws SQLException {
        String sql = "SELECT head, head_chain, last_stored_at, floor FROM recount_log";
        try (ResultSet row = session.prepare(sql).executeQuery()) {
            if (!row.next()) {
                throw LogRow.gone(file);
            }
            return new LogHead(row.getLong(1), row.getBytes(2), row.getString(3), row.getLong(4));
        }
    }

    static void advance(Session writer, long sequence, byte[] chain, String storedAt) throws SQLException {
        PreparedStatement update =
                writer.prepare("UPDATE recount_log SET head = ?, head_chain = ?, last_stored_at = ? WHERE only = 1");
        update.setLong(1, sequence);
        update.setBytes(2, chain);
        update.setString(3, storedAt);
        update.executeUpdate();
    }

    /** The sequence of the newest event ever stored. */
    long sequence() {
        return sequence;
    }

    /** Its hash. */
    byte[] chain() {
        return chain;
    }

    /** The sequence up to which events were removed. */
    long floor() {
        return floor;
    }

    /** What the next event's time is not below. */
    String lastStoredAt() {
        return lastStoredAt;
    }
}
