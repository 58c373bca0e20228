package dev.recount.store.sqlite;

import dev.recount.store.LogCorrupt;
import java.nio.file.Path;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens stores; what was opened is closed again where something fails on the way. */
final class Opening {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteEventStore.class);

    private Opening() {}

    static SqliteEventStore toWrite(Path path, SqliteOptions options) {
        SharedFile file = SharedFile.of(LogPath.toOpen(path));
        Session session = null;
        try {
            session = openWriter(file.path(), options);
            SqliteEventStore store = storeOn(file, session, options);
            LOG.debug("Opened log {}", file.path());
            return store;
        } catch (SQLException e) {
            throw SqliteErrors.of(e, file.path());
        } finally {
            if (session == null) {
                file.release();
            }
        }
    }

    private static Session openWriter(Path file, SqliteOptions options) throws SQLException {
        Session session = Session.open(file, "?mode=rwc", options.busyTimeout().toMillis());
        boolean ready = false;
        try {
            SqliteLibrary.requireSafe(session);
            LogFile.createOrCheck(session, file, options);
            // From here on the writer queue waits, which is fairer.
            session.set("busy_timeout = 0");
            ready = true;
            return session;
        } finally {
            closeUnless(ready, session);
        }
    }

    private static SqliteEventStore storeOn(SharedFile file, Session session, SqliteOptions options)
            throws SQLException {
        Readers readers = new Readers(file.path(), () -> openReader(file.path(), options));
        Writer writer = writerOf(file, session, options);
        SqliteEventStore store = new SqliteEventStore(file, readers, writer, options);
        boolean ready = false;
        try {
            store.buildReadModels();
            ready = true;
            return store;
        } finally {
            if (!ready) {
                store.close();
            }
        }
    }

    private static Writer writerOf(SharedFile file, Session session, SqliteOptions options) throws SQLException {
        WriterQueue queue = new WriterQueue(file, options.busyTimeout());
        String logId = LogRow.load(session, file.path()).logId();
        return new Writer(file, queue, session, () -> reopenWriter(file.path(), options, logId));
    }

    private static Session reopenWriter(Path file, SqliteOptions options, String logId) throws SQLException {
        Session session = Session.open(file, "?mode=rw", 0);
        boolean ready = false;
        try {
            LogFile.configure(session, options);
            requireSame(logId, LogRow.load(session, file).logId(), file);
            ready = true;
            return session;
        } finally {
            closeUnless(ready, session);
        }
    }

    /** Refuses another log in the place of the one that was opened. */
    static void requireSame(String expected, String found, Path file) {
        if (!found.equals(expected)) {
            throw new LogCorrupt(
                    "Log " + file + " was replaced while it was open: its id was " + expected + " and is " + found
                            + ". Close the store and open it again.",
                    null);
        }
    }

    static SqliteEventStore toRead(Path path) {
        SharedFile file = SharedFile.of(LogPath.toRead(path));
        SqliteOptions options = SqliteOptions.defaults();
        ReadOnlyFile reader = new ReadOnlyFile(file.path(), options);
        SqliteEventStore store = new SqliteEventStore(file, reader, null, options);
        boolean ready = false;
        try {
            store.checkFormat();
            reader.keepTo(store.logId());
            ready = true;
            return store;
        } finally {
            if (!ready) {
                store.close();
            }
        }
    }

    private static Session openReader(Path file, SqliteOptions options) throws SQLException {
        Session session = Session.open(file, "?mode=rw", options.busyTimeout().toMillis());
        boolean ready = false;
        try {
            session.set("query_only = ON");
            ready = true;
            return session;
        } finally {
            closeUnless(ready, session);
        }
    }

    private static void closeUnless(boolean ready, Session session) {
        if (!ready) {
            session.closeQuietly();
        }
    }
}
