package dev.recount.store.sqlite;

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

    private static SqliteEventStore storeOn(SharedFile file, Session session, SqliteOptions options) {
        Readers readers = new Readers(file.path(), () -> openReader(file.path(), options));
        Writer writer = new Writer(file, new WriterQueue(file, options.busyTimeout()), session);
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

    static SqliteEventStore toRead(Path path) {
        SharedFile file = SharedFile.of(LogPath.toRead(path));
        SqliteOptions options = SqliteOptions.defaults();
        SqliteEventStore store = new SqliteEventStore(file, new ReadOnlyFile(file.path(), options), null, options);
        boolean ready = false;
        try {
            store.checkFormat();
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
