package dev.recount.benchmarks.floor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.recount.benchmarks.beads.BeadEvent;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/**
 * The same tables and indexes as a town has in PostgreSQL, but no triggers, no lock, no row that holds a head, no condition and no chain, over one
 * connection whose driver rewrites batches to rows of one statement. Not thread-safe: use from one thread at a time.
 */
public final class RawPostgres implements AutoCloseable {

    private static final String TABLES = """
            CREATE SCHEMA {s};
            CREATE TABLE {s}.events (
              rig integer NOT NULL,
              sequence bigint NOT NULL,
              type text COLLATE "C" NOT NULL,
              version integer NOT NULL,
              tags text NOT NULL,
              data text NOT NULL,
              metadata text NOT NULL,
              occurred_at text COLLATE "C" NOT NULL,
              stored_at text COLLATE "C" NOT NULL,
              chain bytea NOT NULL,
              PRIMARY KEY (rig, sequence)
            );
            CREATE INDEX events_by_type ON {s}.events (rig, type, sequence);
            CREATE TABLE {s}.event_tags (
              rig integer NOT NULL,
              tag text COLLATE "C" NOT NULL,
              sequence bigint NOT NULL,
              PRIMARY KEY (rig, tag, sequence)
            )""";

    private static final String COLUMNS = "sequence, type, version, tags, data, metadata, occurred_at, stored_at";
    private static final int PAGE = 1_000;

    private final Connection connection;
    private final String schema;
    private final int rig;
    private long head;

    private RawPostgres(Connection connection, String schema, int rig) {
        this.connection = connection;
        this.schema = schema;
        this.rig = rig;
    }

    /** Creates the tables, in a schema that is not there yet. */
    public static void create(String url, String schema) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES.replace("{s}", schema));
        }
    }

    /** One rig's rows of such tables, or of those of a town. */
    public static RawPostgres open(String url, String schema, int rig) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("reWriteBatchedInserts", "true");
        Connection connection = DriverManager.getConnection(url, properties);
        connection.setAutoCommit(false);
        return new RawPostgres(connection, schema, rig);
    }

    /** Stores rows in one transaction: a batch of events, a batch of tags. */
    public void append(List<RawRow> rows) throws SQLException {
        try (PreparedStatement events = connection.prepareStatement(
                        "INSERT INTO " + schema + ".events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
                PreparedStatement tags =
                        connection.prepareStatement("INSERT INTO " + schema + ".event_tags VALUES (?, ?, ?)")) {
            for (RawRow row : rows) {
                head++;
                addEvent(events, row);
                addTags(tags, row);
            }
            events.executeBatch();
            tags.executeBatch();
        }
        connection.commit();
    }

    private void addEvent(PreparedStatement insert, RawRow row) throws SQLException {
        insert.setInt(1, rig);
        row.bind(insert, 1, head);
        insert.addBatch();
    }

    private void addTags(PreparedStatement insert, RawRow row) throws SQLException {
        for (String tag : row.tags()) {
            insert.setInt(1, rig);
            insert.setString(2, tag);
            insert.setLong(3, head);
            insert.addBatch();
        }
    }

    /** Stores rows in one transaction by COPY, which only a connection that nothing is wrapped around can. */
    public void copy(List<RawRow> rows) throws SQLException, IOException {
        StringBuilder events = new StringBuilder();
        StringBuilder tags = new StringBuilder();
        for (RawRow row : rows) {
            head++;
            addLine(events, row);
            for (String tag : row.tags()) {
                tags.append(rig).append('\t').append(escaped(tag)).append('\t').append(head);
                tags.append('\n');
            }
        }
        copyIn("events", events);
        copyIn("event_tags", tags);
        connection.commit();
    }

    private void addLine(StringBuilder lines, RawRow row) {
        lines.append(rig).append('\t').append(head).append('\t').append(row.type());
        lines.append("\t1\t").append(escaped(row.tagsJson())).append('\t').append(escaped(row.data()));
        lines.append('\t').append(escaped(row.metadata())).append('\t').append(RawRow.TIME);
        lines.append('\t').append(RawRow.TIME).append("\t\\\\x");
        lines.append(HexFormat.of().formatHex(row.hash())).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
    }

    private void copyIn(String table, StringBuilder lines) throws SQLException, IOException {
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + schema + '.' + table + " FROM STDIN", new StringReader(lines.toString()));
    }

    /** Reads and decodes the whole rig, page by page, by a plain Jackson reader for each type. */
    public void events(Consumer<BeadEvent> fold) throws SQLException, IOException {
        Map<String, ObjectReader> readers = BeadReaders.byType();
        long sequence = 0;
        int read = PAGE;
        try (PreparedStatement page = connection.prepareStatement("SELECT sequence, type, data FROM " + schema
                + ".events WHERE rig = ? AND sequence > ? ORDER BY sequence LIMIT " + PAGE)) {
            while (read == PAGE) {
                read = 0;
                page.setInt(1, rig);
                page.setLong(2, sequence);
                try (ResultSet rows = page.executeQuery()) {
                    while (rows.next()) {
                        sequence = rows.getLong(1);
                        String type = rows.getString(2);
                        fold.accept(Objects.requireNonNull(readers.get(type), type)
                                .readValue(rows.getString(3).getBytes(UTF_8)));
                        read++;
                    }
                }
            }
        }
        connection.commit();
    }

    /** The next so many events after a sequence, all columns as texts; how many there are. */
    public int page(long after, int limit) throws SQLException {
        return texts(
                "SELECT " + COLUMNS + " FROM {s}.events WHERE rig = ? AND sequence > ? ORDER BY sequence LIMIT ?",
                rig,
                after,
                limit);
    }

    /** The newest so many events with a tag; how many there are. */
    public int timeline(String tag, int limit) throws SQLException {
        return texts(
                "SELECT " + COLUMNS + " FROM {s}.event_tags t JOIN {s}.events e USING (rig, sequence)"
                        + " WHERE t.rig = ? AND t.tag = ? ORDER BY sequence DESC LIMIT ?",
                rig,
                tag,
                limit);
    }

    /** The newest so many events of all rigs of a town, by the times that the rigs keep; how many there are. */
    public int newestOfTown(int limit) throws SQLException {
        return texts(
                "SELECT e." + COLUMNS.replace(", ", ", e.") + " FROM (SELECT rig FROM {s}.rigs"
                        + " ORDER BY last_stored_at DESC, name LIMIT ?) r CROSS JOIN LATERAL (SELECT * FROM {s}.events e"
                        + " WHERE e.rig = r.rig ORDER BY e.sequence DESC LIMIT ?) e"
                        + " ORDER BY e.stored_at DESC LIMIT ?",
                limit,
                5,
                limit);
    }

    /** The first so many events after a sequence in all rigs of a town; how many there are. */
    public int nextOfTown(long after, int limit) throws SQLException {
        return texts(
                "SELECT e." + COLUMNS.replace(", ", ", e.") + " FROM {s}.rigs r CROSS JOIN LATERAL (SELECT *"
                        + " FROM {s}.events e WHERE e.rig = r.rig AND e.sequence > ? ORDER BY e.sequence LIMIT 1) e"
                        + " ORDER BY e.stored_at LIMIT ?",
                after,
                limit);
    }

    private int texts(String sql, Object... arguments) throws SQLException {
        int found = 0;
        try (PreparedStatement statement = connection.prepareStatement(sql.replace("{s}", schema))) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    for (int column = 1; column <= 8; column++) {
                        Objects.requireNonNull(rows.getString(column));
                    }
                    found++;
                }
            }
        }
        connection.commit();
        return found;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
