package dev.recount.benchmarks.floor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.recount.benchmarks.beads.Bead;
import dev.recount.benchmarks.beads.BeadEvent;
import dev.recount.benchmarks.beads.BeadModels;
import dev.recount.event.NewEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * The {@code events} table that many a tool has: a connection with default settings, {@code SELECT *}, columns by name, and one
 * polymorphic mapper. It is what this library wants to replace. Not thread-safe: use from one thread at a time.
 */
public final class ByHandLog implements AutoCloseable {

    private static final String TABLE = """
            CREATE TABLE events (
              sequence INTEGER PRIMARY KEY AUTOINCREMENT,
              id TEXT NOT NULL,
              type TEXT NOT NULL,
              tags TEXT NOT NULL,
              data TEXT NOT NULL,
              metadata TEXT NOT NULL,
              occurred_at TEXT NOT NULL,
              stored_at TEXT NOT NULL
            )""";

    private final Connection connection;
    private final ObjectMapper mapper = BeadReaders.polymorphic();

    private ByHandLog(Connection connection) {
        this.connection = connection;
    }

    /** Opens a file; creates the table where there is none. */
    public static ByHandLog open(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS"));
        }
        return new ByHandLog(connection);
    }

    /** One row, as an object that a row mapper makes. */
    private record Row(
            long sequence,
            String id,
            String type,
            String tags,
            String data,
            String metadata,
            String occurredAt,
            String storedAt) {}

    /** Fills the table in one transaction. */
    public void fill(Iterator<BeadEvent> events, Function<BeadEvent, NewEvent> encode)
            throws SQLException, JsonProcessingException {
        connection.setAutoCommit(false);
        String sql =
                "INSERT INTO events (id, type, tags, data, metadata, occurred_at, stored_at) VALUES (?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int rows = 1; events.hasNext(); rows++) {
                BeadEvent event = events.next();
                add(insert, event, encode.apply(event));
                if (rows % 1_000 == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private void add(PreparedStatement insert, BeadEvent event, NewEvent encoded)
            throws SQLException, JsonProcessingException {
        insert.setString(1, UUID.randomUUID().toString());
        insert.setString(2, encoded.type());
        insert.setString(3, encoded.tags().toJson());
        insert.setString(4, mapper.writerFor(BeadEvent.class).writeValueAsString(event));
        insert.setString(5, encoded.metadata().toJson());
        insert.setString(6, event.at().toString());
        insert.setString(7, event.at().toString());
        insert.addBatch();
    }

    /** The read model, from the first row on. */
    public Map<String, Bead> replay() throws SQLException, JsonProcessingException {
        Map<String, Bead> beads = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM events ORDER BY sequence")) {
            while (rows.next()) {
                Row row = row(rows);
                BeadModels.change(beads, mapper.readValue(row.data(), BeadEvent.class));
            }
        }
        return beads;
    }

    private static Row row(ResultSet rows) throws SQLException {
        return new Row(
                rows.getLong("sequence"),
                rows.getString("id"),
                rows.getString("type"),
                rows.getString("tags"),
                rows.getString("data"),
                rows.getString("metadata"),
                rows.getString("occurred_at"),
                rows.getString("stored_at"));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
