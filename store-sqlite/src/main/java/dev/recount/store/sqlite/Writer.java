package dev.recount.store.sqlite;

import java.sql.SQLException;
import java.util.function.Supplier;

/** The one connection of a store that writes, used by one thread at a time, whole transactions only. Thread-safe. */
final class Writer {

    private final SharedFile file;
    private final WriterQueue queue;
    private final Session session;
    private boolean closed;

    Writer(SharedFile file, WriterQueue queue, Session session) {
        this.file = file;
        this.queue = queue;
        this.session = session;
    }

    /** Something to do inside a transaction. */
    interface Work<T> {
        T run(Session session) throws SQLException;
    }

    /** Runs work in one transaction: all of it is stored, or, whatever is thrown, none. */
    <T> T inTransaction(Work<T> work, Supplier<? extends RuntimeException> whenClosed) {
        return queue.alone(interrupts -> {
            if (closed) {
                throw whenClosed.get();
            }
            try {
                queue.begin(session, interrupts);
                return commit(work);
            } catch (SQLException e) {
                throw SqliteErrors.of(e, file.path());
            }
        });
    }

    private <T> T commit(Work<T> work) throws SQLException {
        boolean committed = false;
        try {
            T result = work.run(session);
            session.run("COMMIT");
            committed = true;
            return result;
        } finally {
            if (!committed) {
                session.rollBack();
            }
        }
    }

    /** Waits for the transaction that is under way and closes the connection. */
    void close() {
        file.writers().lock();
        try {
            closed = true;
            session.closeQuietly();
        } finally {
            file.writers().unlock();
        }
    }
}
