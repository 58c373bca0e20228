package dev.recount.store.sqlite;

import dev.recount.internal.log.HashChain;
import dev.recount.internal.log.TimeText;
import dev.recount.store.LogCorrupt;
import dev.recount.store.StoreUnavailable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;

/** Makes a file a log, and refuses one that is not a log of a format known here. */
final class LogFile {

    private LogFile() {}

    /**
     * Creates the log in an empty file, or checks the one that is there. A file that holds anything else stays as it is. Whoever
     * is killed in between leaves an empty file.
     */
    static void createOrCheck(Session writer, Path file, SqliteOptions options) throws SQLException {
        Waiting waiting = new Waiting(options.busyTimeout());
        if (waiting.on(() -> isEmpty(writer))) {
            waiting.on(() -> {
                writer.set("journal_mode = WAL");
                return true;
            });
            waiting.on(() ->
                    create(writer, TimeText.of(TimeText.within(options.clock().instant()))));
        }
        waiting.on(() -> {
            check(writer, file);
            checkHead(writer, file);
            return true;
        });
        // A copy made by hand may have another mode.
        waiting.on(() -> {
            writer.set("journal_mode = WAL");
            return true;
        });
    }

    /** Sets what holds for one connection only. */
    static void configure(Session writer, SqliteOptions options) throws SQLException {
        writer.set("journal_mode = WAL");
        writer.set("synchronous = " + options.durability().synchronous());
        // SQLite's own 1,000 pages checkpoint too often for a log that is mostly appended to.
        writer.set("wal_autocheckpoint = 4000");
    }

    /** Refuses what is no log, and a newer format. */
    static void check(Session session, Path file) throws SQLException {
        long applicationId = session.number("PRAGMA application_id");
        if (applicationId != Schema.APPLICATION_ID) {
            requireContent(file);
            throw new LogCorrupt(
                    "File " + file + " is a SQLite database, but not a log: its application id is " + applicationId
                            + ". Give the path of a log.",
                    null);
        }
        long format = session.number("PRAGMA user_version");
        if (format > Schema.FORMAT) {
            throw new StoreUnavailable(
                    "Log " + file + " has format " + format + ", and this release reads formats up to " + Schema.FORMAT
                            + ". Open it with a newer release.",
                    null);
        }
    }

    private static void requireContent(Path file) {
        if (file.toFile().length() == 0) {
            throw new LogCorrupt("File " + file + " is empty, so it is no log yet. Give the path of a log.", null);
        }
    }

    /** Refuses to write on where the log's row and its events cannot belong together. */
    private static void checkHead(Session session, Path file) throws SQLException {
        long head = LogRow.load(session, file).head();
        // One statement sees one state of the file; between two, another writer may append.
        String belongs = "SELECT head = newest OR newest <= floor AND floor = head FROM recount_log,"
                + " (SELECT ifnull(max(sequence), 0) AS newest FROM recount_events)";
        if (session.number(belongs) == 0) {
            long newest = session.number("SELECT max(sequence) FROM recount_events");
            throw new LogCorrupt(
                    "Log " + file + " is damaged: its head is " + head + ", and its newest event is " + newest
                            + ". Check it, and restore it from a backup.",
                    null);
        }
    }

    private static boolean isEmpty(Session session) throws SQLException {
        return session.number("PRAGMA application_id") == 0
                && session.number("PRAGMA user_version") == 0
                && session.number("SELECT count(*) FROM sqlite_master") == 0;
    }

    // In one transaction, which looks once more: another process may have been faster.
    private static boolean create(Session writer, String now) throws SQLException {
        writer.run("BEGIN IMMEDIATE");
        try {
            if (isEmpty(writer)) {
                for (String statement : Schema.STATEMENTS) {
                    writer.run(statement);
                }
                writer.run(
                        "INSERT INTO recount_log VALUES (1, ?, ?, 0, ?, 0, ?, ?)",
                        UUID.randomUUID().toString(),
                        now,
                        HashChain.start(),
                        HashChain.start(),
                        TimeText.EARLIEST_TEXT);
                writer.set("application_id = " + Schema.APPLICATION_ID);
                writer.set("user_version = " + Schema.FORMAT);
            }
            writer.run("COMMIT");
            return true;
        } catch (SQLException | RuntimeException e) {
            writer.rollBack();
            throw e;
        }
    }
}
