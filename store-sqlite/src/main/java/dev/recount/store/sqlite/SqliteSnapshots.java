package dev.recount.store.sqlite;

import dev.recount.snapshot.Snapshot;
import dev.recount.snapshot.SnapshotKey;
import dev.recount.snapshot.SnapshotStore;
import dev.recount.store.StoreUnavailable;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Snapshots in a SQLite file of their own, beside the logs they are of: for one log or for many, for one program or for several.
 *
 * <p>The file can be deleted whenever no program has it open, with the {@code -wal} and {@code -shm} beside it: everything in it is computed
 * from the logs again. It never takes a log's write lock. A power cut may take the newest snapshots, never a part of one.
 *
 * <pre>{@code
 * SqliteSnapshots kept = SqliteSnapshots.open(directory.resolve("theatre-snapshots.db"));
 * }</pre>
 *
 * <p>Every call may fail with {@link StoreUnavailable}. Thread-safe. A look-up does not wait for one that saves.
 */
public final class SqliteSnapshots implements SnapshotStore, AutoCloseable {

    private static final String KEY = "log_id = ? AND projector = ? AND boundary = ? AND version = ?";

    private final Path file;
    private final Connection reader;
    private final Connection writer;

    private SqliteSnapshots(Path file, Session reader, Session writer) {
        this.file = file;
        this.reader = new Connection(reader);
        this.writer = new Connection(writer);
    }

    /**
     * Opens the snapshots in a file, which is created where there is none.
     *
     * @throws StoreUnavailable where the file cannot be opened, is damaged, or holds something else, which is left alone
     */
    public static SqliteSnapshots open(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Session writer = null;
        try {
            writer = SnapshotFile.openWriter(absolute);
            SqliteSnapshots opened = new SqliteSnapshots(absolute, SnapshotFile.openReader(absolute), writer);
            writer = null;
            return opened;
        } catch (SQLException e) {
            throw failed(absolute, e);
        } finally {
            if (writer != null) {
                writer.closeQuietly();
            }
        }
    }

    @Override
    public Optional<Snapshot> newest(SnapshotKey key) {
        return reader.use(session -> {
            String select = "SELECT sequence, events, fingerprint, state FROM recount_snapshots WHERE " + KEY;
            try (ResultSet row = session.prepare(select, arguments(key)).executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new Snapshot(key, row.getLong(1), row.getLong(2), row.getString(3), row.getString(4)))
                        : Optional.empty();
            }
        });
    }

    @Override
    public void save(Snapshot snapshot) {
        writer.use(session -> {
            session.run("BEGIN IMMEDIATE");
            try {
                forgetLowerVersions(session, snapshot.key());
                put(session, snapshot);
                return session.run("COMMIT");
            } catch (SQLException | RuntimeException e) {
                session.rollBack();
                throw e;
            }
        });
    }

    @Override
    public void remove(Snapshot snapshot) {
        SnapshotKey key = snapshot.key();
        writer.use(session -> session.run(
                "DELETE FROM recount_snapshots WHERE " + KEY + " AND sequence = ? AND fingerprint = ?",
                key.logId(),
                key.projector(),
                key.boundary(),
                key.version(),
                snapshot.sequence(),
                snapshot.fingerprint()));
    }

    /** Closes the file. Closing again does nothing. */
    @Override
    public void close() {
        reader.close();
        writer.close();
    }

    private static void forgetLowerVersions(Session session, SnapshotKey key) throws SQLException {
        session.run(
                "DELETE FROM recount_snapshots WHERE log_id = ? AND projector = ? AND boundary = ? AND version < ?",
                arguments(key));
    }

    private static void put(Session session, Snapshot snapshot) throws SQLException {
        SnapshotKey key = snapshot.key();
        session.run(
                """
                INSERT INTO recount_snapshots (log_id, projector, boundary, version, sequence, events, fingerprint, state)
                  VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                  ON CONFLICT (log_id, projector, boundary, version) DO UPDATE
                    SET sequence = excluded.sequence, events = excluded.events,
                        fingerprint = excluded.fingerprint, state = excluded.state
                    WHERE excluded.sequence >= sequence""",
                key.logId(),
                key.projector(),
                key.boundary(),
                key.version(),
                snapshot.sequence(),
                snapshot.events(),
                snapshot.fingerprint(),
                snapshot.state());
    }

    private static Object[] arguments(SnapshotKey key) {
        return new Object[] {key.logId(), key.projector(), key.boundary(), key.version()};
    }

    private static StoreUnavailable failed(Path file, SQLException e) {
        String advice = SqliteErrors.isBusy(e)
                ? "Another program holds it; try again."
                : "Check the path, its permissions and the disk. If it holds snapshots and is damaged, delete it: they are"
                        + " taken again.";
        return SnapshotFile.unavailable(file, "cannot be used: " + e.getMessage() + ". " + advice, e);
    }

    private interface Use<T> {
        T apply(Session session) throws SQLException;
    }

    /** One connection for one thread at a time. */
    private final class Connection {

        private final ReentrantLock lock = new ReentrantLock();
        private final Session session;
        private boolean closed;

        Connection(Session session) {
            this.session = session;
        }

        <T> T use(Use<T> use) {
            lock.lock();
            try {
                if (closed) {
                    throw new IllegalStateException("Snapshot file " + file + " is closed. Open it again to go on.");
                }
                return use.apply(session);
            } catch (SQLException e) {
                throw failed(file, e);
            } finally {
                lock.unlock();
            }
        }

        void close() {
            lock.lock();
            try {
                if (!closed) {
                    closed = true;
                    session.closeQuietly();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
