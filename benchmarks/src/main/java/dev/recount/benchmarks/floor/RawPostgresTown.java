package dev.recount.benchmarks.floor;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * What the server itself takes for an append: a ready row goes to the tables of a town, with their triggers, where the rig has the head that is
 * expected and nobody holds it; five statements in one round trip. Not thread-safe: use from one thread at a time.
 */
public final class RawPostgresTown implements AutoCloseable {

    private static final String APPEND = """
            SELECT set_config('lock_timeout', '30s', true) IS NULL;
            SELECT set_config('floor.append', ?, true) IS NULL FROM (
              SELECT rig FROM {s}.rigs WHERE rig = ? AND head = ? AND state = 'open' FOR NO KEY UPDATE SKIP LOCKED) AS log;
            INSERT INTO {s}.events SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE current_setting('floor.append', true) = ?;
            INSERT INTO {s}.event_tags SELECT ?, u, ? FROM unnest(?::text[]) AS u
              WHERE current_setting('floor.append', true) = ?;
            UPDATE {s}.rigs SET head = ?, head_chain = ? WHERE rig = ? AND current_setting('floor.append', true) = ?""";

    private final Connection connection;
    private final String append;
    private final int rig;
    private long head;

    private RawPostgresTown(Connection connection, String append, int rig) {
        this.connection = connection;
        this.append = append;
        this.rig = rig;
    }

    /** A rig that has no events yet. */
    public static RawPostgresTown open(String url, String schema, int rig) throws SQLException {
        return new RawPostgresTown(DriverManager.getConnection(url), APPEND.replace("{s}", schema), rig);
    }

    /** Stores one row. */
    public void append(RawRow row) throws SQLException {
        head++;
        String appends = Long.toString(head);
        try (PreparedStatement statement = connection.prepareStatement(append)) {
            statement.setString(1, appends);
            statement.setInt(2, rig);
            statement.setLong(3, head - 1);
            statement.setInt(4, rig);
            row.bind(statement, 4, head);
            statement.setString(14, appends);
            bindTags(statement, row);
            statement.setString(18, appends);
            statement.setLong(19, head);
            statement.setBytes(20, row.hash());
            statement.setInt(21, rig);
            statement.setString(22, appends);
            statement.execute();
            requireMoved(statement);
        }
    }

    private void bindTags(PreparedStatement statement, RawRow row) throws SQLException {
        statement.setInt(15, rig);
        statement.setLong(16, head);
        statement.setArray(17, connection.createArrayOf("text", row.tags().toArray()));
    }

    private static void requireMoved(PreparedStatement statement) throws SQLException {
        int last = 0;
        while (statement.getMoreResults() || statement.getUpdateCount() >= 0) {
            last = statement.getUpdateCount();
        }
        if (last != 1) {
            throw new IllegalStateException("The rig was not as expected.");
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
