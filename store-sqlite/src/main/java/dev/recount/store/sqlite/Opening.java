package dev.recount.store.sqlite;

import dev.recount.store.LogCorrupt;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens stores; what was opened is closed again where something fails on the way. */
final class Opening {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteEventStore.class);

    private Opening() {}

    /** Opens a log, and creates it where there is no file. */
    static SqliteEventStore toWrite(Path path, SqliteOptions options, Tuning tuning) {
        return toWrite(path, "?mode=rwc", options, tuning);
    }

    /** Opens a log, and creates it only in an empty file. */
    static SqliteEventStore existing(Path path, SqliteOptions options, Tuning tuning) {
        return toWrite(path, "?mode=rw", options, tuning);
    }

    private static SqliteEventStore toWrite(Path path, String parameters, SqliteOptions options, Tuning tuning) {
        SharedFile file = SharedFile.of(LogPath.toOpen(path));
        First first = null;
        try {
            first = openFirst(file.path(), parameters, options, tuning);
            SqliteEventStore store = storeOn(file, first, options, tuning);
            LOG.debug("Opened log {}", file.path());
            return store;
        } catch (SQLException e) {
            throw SqliteErrors.of(e, file.path());
        } finally {
            if (first == null) {
                file.release();
            }
        }
    }

    private record First(Session session, String logId, OpenedFile opened) {}

    // What creates or checks the file goes on as its first reader; a log that nobody appends to needs no other
    // connection.
    private static First openFirst(Path file, String parameters, SqliteOptions options, Tuning tuning)
            throws SQLException {
        OpenedFile before = OpenedFile.of(file);
        Session session = Session.open(file, parameters, options.busyTimeout().toMillis());
        boolean ready = false;
        try {
            SqliteLibrary.requireSafe(session);
            LogFile.createOrCheck(session, file, options);
            session.forgetStatements();
            prepareToRead(session, tuning);
            String logId = LogRow.load(session, file).logId();
            before.requireThere();
            First first = new First(session, logId, OpenedFile.of(file));
            ready = true;
            return first;
        } finally {
            closeUnless(ready, session);
        }
    }

    private static SqliteEventStore storeOn(SharedFile file, First first, SqliteOptions options, Tuning tuning) {
        String logId = first.logId();
        OpenedFile opened = first.opened();
        Readers readers = new Readers(file.path(), () -> openReader(opened, options, tuning, logId));
        readers.add(first.session());
        WriterQueue queue = new WriterQueue(file, options.busyTimeout());
        Writer writer = new Writer(file, opened, queue, () -> openWriter(opened, options, logId));
        Supplier<Writer> modelWriters =
                () -> new Writer(file, opened, queue, () -> openModelWriter(opened, options, logId));
        SqliteEventStore store = new SqliteEventStore(file, opened, readers, writer, modelWriters, options, tuning);
        boolean ready = false;
        try {
            store.keepTo(logId);
            store.openReadModels();
            ready = true;
            return store;
        } finally {
            if (!ready) {
                store.close();
            }
        }
    }

    private static Session openWriter(OpenedFile opened, SqliteOptions options, String logId) throws SQLException {
        // Without a timeout of its own: the writer queue waits, which is fairer.
        Path file = opened.path();
        Session session = Session.open(file, "?mode=rw", 0);
        boolean ready = false;
        try {
            LogFile.configure(session, options);
            requireSame(logId, LogRow.load(session, file).logId(), file);
            opened.requireThere();
            ready = true;
            return session;
        } finally {
            closeUnless(ready, session);
        }
    }

    // What a read model loses by a power cut, its checkpoint loses, too: it need not wait for the disk.
    private static Session openModelWriter(OpenedFile opened, SqliteOptions options, String logId) throws SQLException {
        Session session = openWriter(opened, options, logId);
        boolean ready = false;
        try {
            session.set("synchronous = NORMAL");
            session.set("legacy_alter_table = ON");
            // A commit that also checkpoints would hold the place among the writers; a worker does so between two.
            session.set("wal_autocheckpoint = 0");
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
        Supplier<Writer> noWriters = () -> {
            throw new IllegalStateException("A log that is only read has no read models of its own.");
        };
        SqliteEventStore store = new SqliteEventStore(
                file, OpenedFile.of(file.path()), reader, null, noWriters, options, Tuning.DEFAULT);
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

    private static Session openReader(OpenedFile opened, SqliteOptions options, Tuning tuning, String logId)
            throws SQLException {
        Path file = opened.path();
        Session session = Session.open(file, "?mode=rw", options.busyTimeout().toMillis());
        boolean ready = false;
        try {
            prepareToRead(session, tuning);
            requireSame(logId, LogRow.load(session, file).logId(), file);
            opened.requireThere();
            ready = true;
            return session;
        } finally {
            closeUnless(ready, session);
        }
    }

    private static void prepareToRead(Session session, Tuning tuning) throws SQLException {
        session.set("query_only = ON");
        if (tuning.keepsFewPages()) {
            session.set("cache_size = " + tuning.cachePages());
            // SQLite has taken memory for twenty pages at once; without those it takes only as many as it may keep.
            session.set("shrink_memory");
        }
    }

    private static void closeUnless(boolean ready, Session session) {
        if (!ready) {
            session.closeQuietly();
        }
    }
}
