package dev.recount.benchmarks.floor;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The same tables and indexes as a log has, but no triggers, no row that holds the head, no condition and no chain: what SQLite
 * itself takes to store these rows from Java. Not thread-safe: use from one thread at a time.
 */
public final class RawLog implements AutoCloseable {

    private static final List<String> TABLES = List.of("""
            CREATE TABLE events (
              sequence INTEGER PRIMARY KEY,
              type TEXT NOT NULL,
              version INTEGER NOT NULL,
              tags TEXT NOT NULL,
              data TEXT NOT NULL,
              metadata TEXT NOT NULL,
              occurred_at TEXT NOT NULL,
              stored_at TEXT NOT NULL,
              chain BLOB NOT NULL
            ) STRICT""", "CREATE INDEX events_by_type ON events (type)", """
            CREATE TABLE event_tags (
              tag TEXT NOT NULL,
              sequence INTEGER NOT NULL,
              PRIMARY KEY (tag, sequence)
            ) STRICT, WITHOUT ROWID""");

    private final Connection connection;
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement insertEvent;
    private final PreparedStatement insertTag;
    private long head;

    private RawLog(Connection connection) throws SQLException {
        this.connection = connection;
        this.begin = connection.prepareStatement("BEGIN IMMEDIATE");
        this.commit = connection.prepareStatement("COMMIT");
        this.insertEvent = connection.prepareStatement("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        this.insertTag = connection.prepareStatement("INSERT INTO event_tags VALUES (?, ?)");
    }

    /** A new file; {@code synchronous} is SQLite's word, FULL or NORMAL. */
    public static RawLog create(Path file, String synchronous) throws SQLException {
        Connection connection = Jdbc.toWrite(file, synchronous);
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
        }
        return new RawLog(connection);
    }

    /** Stores rows in one transaction: a batch of events, a batch of tags. */
    public void append(List<RawRow> rows) throws SQLException {
        begin.executeUpdate();
        long sequence = head;
        for (RawRow row : rows) {
            row.bind(insertEvent, 0, ++sequence);
            insertEvent.addBatch();
            row.addTags(insertTag, sequence);
        }
        insertEvent.executeBatch();
        insertTag.executeBatch();
        commit.executeUpdate();
        head = sequence;
    }

    /** How many events are stored. */
    public long head() {
        return head;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
