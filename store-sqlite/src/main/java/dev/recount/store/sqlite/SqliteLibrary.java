package dev.recount.store.sqlite;

import java.sql.SQLException;

/** The SQLite that the driver brings. */
final class SqliteLibrary {

    // Older versions can damage a file when the write-ahead log is reset (sqlite.org, "WAL-reset bug").
    private static final int[] OLDEST_SAFE = {3, 51, 3};

    private SqliteLibrary() {}

    static void requireSafe(Session session) throws SQLException {
        requireSafe(session.text("SELECT sqlite_version()").orElse("0"));
    }

    static void requireSafe(String version) {
        String[] parts = version.split("\\.", -1);
        for (int i = 0; i < OLDEST_SAFE.length; i++) {
            int part = i < parts.length ? Integer.parseInt(parts[i]) : 0;
            if (part > OLDEST_SAFE[i]) {
                return;
            }
            if (part < OLDEST_SAFE[i]) {
                throw new IllegalStateException("SQLite " + version
                        + " can damage a log that several connections use. Take a driver with SQLite 3.51.3 or later.");
            }
        }
    }
}
