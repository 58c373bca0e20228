package dev.recount.benchmarks.floor;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** SQLite's own integrity check and one SHA-256 over every text of every row: what a check of a log cannot do without. */
public final class RawCheck {

    private static final int TEXTS = 7;

    private RawCheck() {}

    /** Checks a log's file; how many events there were. */
    public static long run(Path file) throws SQLException, NoSuchAlgorithmException {
        try (Connection connection = Jdbc.toRead(file);
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
                if (!row.getString(1).equals("ok")) {
                    throw new IllegalStateException("File " + file + " is damaged.");
                }
            }
            return hash(statement);
        }
    }

    private static long hash(Statement statement) throws SQLException, NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        long events = 0;
        String columns = "type, version, tags, data, metadata, occurred_at, stored_at";
        try (ResultSet rows = statement.executeQuery("SELECT " + columns + " FROM recount_events ORDER BY sequence")) {
            while (rows.next()) {
                for (int column = 1; column <= TEXTS; column++) {
                    sha256.update(rows.getBytes(column));
                }
                sha256.digest();
                events++;
            }
        }
        return events;
    }
}
