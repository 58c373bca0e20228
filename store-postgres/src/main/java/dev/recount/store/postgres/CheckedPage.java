package dev.recount.store.postgres;

import dev.recount.internal.log.EventRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Events with their hashes as they are stored, and the floor at that moment. Immutable. */
@SuppressWarnings("ArrayRecordComponent") // They stay in here.
record CheckedPage(long floor, byte[] floorChain, List<EventRow> rows, List<byte[]> chains) {

    private static final long MAX_BYTES = 8_000_000;

    private static final String READ = "SELECT r.floor, r.floor_chain, e.* FROM {s}.rigs r LEFT JOIN LATERAL ("
            + "SELECT f.*, sum(f.size) OVER (ORDER BY f.sequence) AS total FROM (SELECT e.sequence, e.type, e.version,"
            + " e.tags, e.data, e.metadata, e.occurred_at, e.stored_at, e.chain, octet_length(e.type)"
            + " + octet_length(e.tags) + octet_length(e.data) + octet_length(e.metadata) AS size FROM {s}.events e"
            + " WHERE e.rig = r.rig AND e.sequence > greatest(?::bigint, r.floor) AND e.sequence <= ?"
            + " ORDER BY e.sequence LIMIT ?) f) e ON e.total - e.size <= ? WHERE r.rig = ? ORDER BY e.sequence";

    /** The next after a sequence, up to the head. */
    static CheckedPage read(Session session, Rig rig, long after, long head, int limit) throws SQLException {
        return session.query(READ, rows -> read(rig.require(rows)), after, head, limit, MAX_BYTES, rig.key());
    }

    private static CheckedPage read(ResultSet row) throws SQLException {
        CheckedPage page = new CheckedPage(row.getLong(1), row.getBytes(2), new ArrayList<>(), new ArrayList<>());
        if (row.getObject(3) != null) {
            do {
                page.rows.add(event(row));
                page.chains.add(row.getBytes(11));
            } while (row.next());
        }
        return page;
    }

    private static EventRow event(ResultSet row) throws SQLException {
        return new EventRow(
                row.getLong(3),
                row.getString(4),
                row.getInt(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10));
    }

    /** The sequence up to which it has all; the head where there is nothing more. */
    long last(long head) {
        return rows.isEmpty() ? head : rows.get(rows.size() - 1).sequence();
    }
}
