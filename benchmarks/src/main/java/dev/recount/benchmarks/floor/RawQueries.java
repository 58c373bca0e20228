package dev.recount.benchmarks.floor;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The SELECTs that somebody would write by hand, against a log's own file, prepared once. Every column becomes a String, nothing
 * more. Not thread-safe: use from one thread at a time.
 */
public final class RawQueries implements AutoCloseable {

    private static final String COLUMNS =
            "SELECT e.sequence, e.type, e.version, e.tags, e.data, e.metadata, e.occurred_at, e.stored_at";

    private final Connection connection;
    private final PreparedStatement timeline;
    private final PreparedStatement newest;
    private final PreparedStatement newestOfType;
    private final PreparedStatement storedAt;
    private final PreparedStatement head;
    private final PreparedStatement page;

    private RawQueries(Connection connection) throws SQLException {
        this.connection = connection;
        this.timeline = connection.prepareStatement(COLUMNS + " FROM recount_event_tags t"
                + " JOIN recount_events e ON e.sequence = t.sequence WHERE t.tag = ? ORDER BY t.sequence LIMIT 500");
        this.newest = connection.prepareStatement(COLUMNS + " FROM recount_events e ORDER BY e.sequence DESC LIMIT ?");
        this.newestOfType = connection.prepareStatement(
                COLUMNS + " FROM recount_events e WHERE e.type = ? ORDER BY e.sequence DESC LIMIT ?");
        this.storedAt = connection.prepareStatement("SELECT stored_at FROM recount_events WHERE sequence = ?");
        this.head = connection.prepareStatement("SELECT head FROM recount_log");
        this.page = connection.prepareStatement(
                COLUMNS + " FROM recount_events e WHERE e.sequence > ? ORDER BY e.sequence LIMIT 500");
    }

    /** Opens a log's file to read. */
    public static RawQueries open(Path file) throws SQLException {
        return new RawQueries(Jdbc.toRead(file));
    }

    /** One row as it came. */
    public record Row(
            long sequence,
            String type,
            int version,
            String tags,
            String data,
            String metadata,
            String occurredAt,
            String storedAt) {}

    /** All events of a tag. */
    public List<Row> timeline(String tag) throws SQLException {
        timeline.setString(1, tag);
        return rows(timeline);
    }

    /** The newest events, newest first. */
    public List<Row> newest(int limit) throws SQLException {
        newest.setInt(1, limit);
        return rows(newest);
    }

    /** The newest events of a type, newest first. */
    public List<Row> newestOfType(String type, int limit) throws SQLException {
        newestOfType.setString(1, type);
        newestOfType.setInt(2, limit);
        return rows(newestOfType);
    }

    /** The sequence of the last event stored at or before a time, by halving. */
    public long sequenceAt(String time) throws SQLException {
        long low = 0;
        long high = head();
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            storedAt.setLong(1, middle);
            try (ResultSet row = storedAt.executeQuery()) {
                if (row.next() && row.getString(1).compareTo(time) <= 0) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
        }
        return low;
    }

    /** Reads the whole log, page by page; how many events there were. */
    public long scan() throws SQLException {
        long sequence = 0;
        long events = 0;
        while (true) {
            page.setLong(1, sequence);
            List<Row> rows = rows(page);
            if (rows.isEmpty()) {
                return events;
            }
            events += rows.size();
            sequence = rows.get(rows.size() - 1).sequence();
        }
    }

    private long head() throws SQLException {
        try (ResultSet row = head.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static List<Row> rows(PreparedStatement statement) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                rows.add(new Row(
                        found.getLong(1),
                        found.getString(2),
                        found.getInt(3),
                        found.getString(4),
                        found.getString(5),
                        found.getString(6),
                        found.getString(7),
                        found.getString(8)));
            }
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
