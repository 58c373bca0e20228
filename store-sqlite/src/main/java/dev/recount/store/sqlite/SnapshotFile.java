package dev.recount.store.sqlite;

import dev.recount.store.StoreUnavailable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes a file one of snapshots, and refuses one that is something else. */
final class SnapshotFile {

    /** What tells snapshots from a log and from any other SQLite file; "Rcsp". */
    static final int APPLICATION_ID = 0x52637370;

    private static final int FORMAT = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    // Nobody is to wait long for a hint.
    private static final int READ_TIMEOUT_MILLIS = 100;

    private static final String TABLE = """
            CREATE TABLE recount_snapshots (
              log_id TEXT NOT NULL,
              projector TEXT NOT NULL,
              version INTEGER NOT NULL,
              boundary TEXT NOT NULL,
              sequence INTEGER NOT NULL,
              events INTEGER NOT NULL,
              fingerprint TEXT NOT NULL,
              state TEXT NOT NULL,
              PRIMARY KEY (log_id, projector, boundary, version)
            ) STRICT""";

    private SnapshotFile() {}

    /** A connection that writes, on a file that is created where there is none. */
    static Session openWriter(Path file) throws SQLException {
        Session session = Session.open(file, "?mode=rwc", PATIENCE.toMillis());
        boolean ready = false;
        try {
            SqliteLibrary.requireSafe(session);
            Waiting waiting = new Waiting(PATIENCE);
            waiting.on(() -> createOrCheck(session, file));
            waiting.on(() -> configure(session));
            ready = true;
            return session;
        } finally {
            closeUnless(ready, session);
        }
    }

    /** A connection that reads a file that was opened to write before. */
    static Session openReader(Path file) throws SQLException {
        Session session = Session.open(file, "?mode=rw", READ_TIMEOUT_MILLIS);
        boolean ready = false;
        try {
            session.set("query_only = ON");
            ready = true;
            return session;
        } finally {
            closeUnless(ready, session);
        }
    }

    static StoreUnavailable unavailable(Path file, String what, @Nullable Exception cause) {
        return new StoreUnavailable("Snapshot file " + file + " " + what, cause);
    }

    // The look comes first, so that a file of somebody else's stays as it is.
    private static boolean createOrCheck(Session session, Path file) throws SQLException {
        if (isEmpty(session)) {
            session.set("journal_mode = WAL");
            create(session);
        }
        check(session, file);
        return true;
    }

    // Not fully synchronous: what a power cut takes can be computed again, and the file stays whole.
    private static boolean configure(Session session) throws SQLException {
        session.set("journal_mode = WAL");
        session.set("synchronous = NORMAL");
        session.set("journal_size_limit = 33554432");
        return true;
    }

    private static void check(Session session, Path file) throws SQLException {
        long applicationId = session.number("PRAGMA application_id");
        if (applicationId != APPLICATION_ID) {
            throw unavailable(
                    file,
                    "is a SQLite database of something else: its application id is " + applicationId
                            + ". It is left alone; give snapshots a file of their own.",
                    null);
        }
        long format = session.number("PRAGMA user_version");
        if (format != FORMAT) {
            throw unavailable(
                    file,
                    "has format " + format + ", and this release knows format " + FORMAT
                            + ". It may be deleted: snapshots are taken again.",
                    null);
        }
        session.number("SELECT count(*) FROM (SELECT state FROM recount_snapshots LIMIT 1)");
    }

    private static boolean isEmpty(Session session) throws SQLException {
        return session.number("PRAGMA application_id") == 0
                && session.number("PRAGMA user_version") == 0
                && session.number("SELECT count(*) FROM sqlite_master") == 0;
    }

    // In one transaction, which looks once more: another process may have been faster.
    private static void create(Session session) throws SQLException {
        session.run("BEGIN IMMEDIATE");
        try {
            if (isEmpty(session)) {
                session.run(TABLE);
                session.set("application_id = " + APPLICATION_ID);
                session.set("user_version = " + FORMAT);
            }
            session.run("COMMIT");
        } catch (SQLException | RuntimeException e) {
            session.rollBack();
            throw e;
        }
    }

    private static void closeUnless(boolean ready, Session session) {
        if (!ready) {
            session.closeQuietly();
        }
    }
}
