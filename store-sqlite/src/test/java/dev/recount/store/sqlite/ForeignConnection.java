package dev.recount.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Any other program that opens a log's file, such as the sqlite3 shell. */
final class ForeignConnection implements AutoCloseable {

    private final Connection connection;

    private ForeignConnection(Connection connection) {
        this.connection = connection;
    }

    static ForeignConnection to(Path file) throws SQLException {
        return new ForeignConnection(DriverManager.getConnection("jdbc:sqlite:" + file));
    }

    /** Runs statements on a connection of their own. */
    static void run(Path file, String... statements) throws SQLException {
        try (ForeignConnection foreign = to(file)) {
            for (String statement : statements) {
                foreign.run(statement);
            }
        }
    }

    /** Takes the guards of the file away first, as somebody would who means to tamper with it. */
    static void tamper(Path file, String... statements) throws SQLException {
        try (ForeignConnection foreign = to(file)) {
            for (String guarded : new String[] {
                "events_insert",
                "events_update",
                "events_delete",
                "event_tags_update",
                "event_tags_delete",
                "log_insert",
                "log_update",
                "log_delete"
            }) {
                foreign.run("DROP TRIGGER recount_" + guarded);
            }
            for (String statement : statements) {
                foreign.run(statement);
            }
        }
    }

    int run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return statement.getUpdateCount();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
