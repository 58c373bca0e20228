package dev.recount.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file that this store must neither change nor surround with new files.
 *
 * <p>SQLite's read-only mode creates two files beside a log that nobody has open. So such a log is read as one that does not
 * change, and whether that was true is checked after each read; where it was not, the read is done again. Only where a crash
 * left a write-ahead log there is no way around SQLite's own index of it, the {@code -shm} file. Thread-safe.
 */
final class ReadOnlyFile implements LogReader {

    private static final int MAX_TRIES = 20;

    private final Path file;
    private final Readers readers;
    private volatile Stamp opened = Stamp.NOTHING;
    private volatile @Nullable String logId;

    ReadOnlyFile(Path file, SqliteOptions options) {
        this.file = file;
        this.readers = new Readers(
                file, () -> open(Stamp.of(file), options.busyTimeout().toMillis()));
    }

    /** What tells that somebody writes or wrote. */
    private record Stamp(boolean isWritten, @Nullable Object fileKey, long size, FileTime modified) {

        static final Stamp NOTHING = new Stamp(false, null, -1, FileTime.fromMillis(0));

        static Stamp of(Path file) {
            try {
                Path wal = file.resolveSibling(file.getFileName() + "-wal");
                if (Files.exists(wal) && Files.size(wal) > 0) {
                    return new Stamp(true, null, 0, FileTime.fromMillis(0));
                }
                // A file put in this one's place may have its size and, within a clock's tick, its time.
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(false, now.fileKey(), now.size(), now.lastModifiedTime());
            } catch (IOException unreadable) {
                return NOTHING;
            }
        }

        String parameters() {
            return isWritten ? "?mode=ro" : "?mode=ro&immutable=1";
        }
    }

    private static Session openWith(Path file, String parameters, long busyTimeoutMillis) throws SQLException {
        Session session = Session.open(file, parameters, busyTimeoutMillis);
        session.set("query_only = ON");
        return session;
    }

    private Session open(Stamp stamp, long busyTimeoutMillis) throws SQLException {
        Session session = openWith(file, stamp.parameters(), busyTimeoutMillis);
        boolean ready = false;
        try {
            String expected = logId;
            if (expected != null) {
                Opening.requireSame(expected, LogRow.load(session, file).logId(), file);
            }
            ready = true;
            return session;
        } finally {
            if (!ready) {
                session.closeQuietly();
            }
        }
    }

    /** From now on another log in the place of this one is refused. */
    void keepTo(String id) {
        logId = id;
    }

    @Override
    public <T> T read(Readers.Work<T> work) {
        for (int tries = 1; ; tries++) {
            Stamp before = Stamp.of(file);
            if (!before.equals(opened)) {
                readers.forget();
                opened = before;
            }
            try {
                T result = readers.readOrFail(work);
                if (tries == MAX_TRIES || isStill(before)) {
                    return result;
                }
            } catch (SQLException e) {
                if (tries == MAX_TRIES || isStill(before)) {
                    throw SqliteErrors.of(e, file);
                }
            }
        }
    }

    private boolean isStill(Stamp before) {
        return before.equals(Stamp.of(file));
    }

    @Override
    public String parameters() {
        return opened.parameters();
    }

    @Override
    public int idle() {
        return readers.idle();
    }

    @Override
    public void close() {
        readers.close();
    }
}
