package dev.recount.store.sqlite;

import dev.recount.store.StoreClosed;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A few connections that read, opened when first needed. Thread-safe. */
final class Readers implements LogReader {

    private static final int MAX = 4;

    private final Path file;
    private final Opener opener;
    private final Semaphore places = new Semaphore(MAX, true);
    private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    Readers(Path file, Opener opener) {
        this.file = file;
        this.opener = opener;
    }

    /** Opens one more connection. */
    interface Opener {
        Session open() throws SQLException;
    }

    /** Something to read. */
    interface Work<T> {
        T run(Session session) throws SQLException;
    }

    /** A connection that is open already, as the first. */
    void add(Session session) {
        idle.addFirst(session);
    }

    @Override
    public <T> T read(Work<T> work) {
        try {
            return readOrFail(work);
        } catch (SQLException e) {
            throw SqliteErrors.of(e, file);
        }
    }

    /** The same, with SQLite's own error. */
    <T> T readOrFail(Work<T> work) throws SQLException {
        places.acquireUninterruptibly();
        Session session = null;
        boolean sound = false;
        try {
            session = take();
            T result = work.run(session);
            sound = true;
            return result;
        } finally {
            giveBack(session, sound);
            places.release();
        }
    }

    private Session take() throws SQLException {
        if (closed) {
            throw new StoreClosed(file.toString());
        }
        Session session = idle.pollFirst();
        return session != null ? session : opener.open();
    }

    // The driver gives up a prepared statement that failed, so a connection that failed is not used again.
    private void giveBack(@Nullable Session session, boolean sound) {
        if (session != null && sound) {
            idle.addFirst(session);
        } else if (session != null) {
            session.closeQuietly();
        }
    }

    @Override
    public String parameters() {
        return "?mode=ro";
    }

    @Override
    public int idle() {
        return idle.size();
    }

    @Override
    public void close() {
        closed = true;
        forget();
    }

    /** Closes all connections; the next read opens another. */
    void forget() {
        places.acquireUninterruptibly(MAX);
        try {
            for (Session session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
                session.closeQuietly();
            }
        } finally {
            places.release(MAX);
        }
    }
}
