package dev.recount.store.sqlite;

import dev.recount.internal.log.Deadline;
import dev.recount.internal.log.Interrupts;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection of a store that writes, used by one thread at a time, whole transactions only. Thread-safe.
 *
 * <p>The driver gives up a prepared statement that failed, and after a failing disk nobody knows what state a connection is in. So
 * the first error of SQLite's own ends the connection, and the next transaction opens another.
 */
final class Writer {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteEventStore.class);

    private final SharedFile file;
    private final OpenedFile opened;
    private final WriterQueue queue;
    private final Readers.Opener opener;
    private @Nullable Session session;
    private boolean closed;

    /** With a way to open its connection, which the first transaction does. */
    Writer(SharedFile file, OpenedFile opened, WriterQueue queue, Readers.Opener opener) {
        this.file = file;
        this.opened = opened;
        this.queue = queue;
        this.opener = opener;
    }

    /** Something to do inside a transaction. */
    interface Work<T> {
        T run(Session session) throws SQLException;
    }

    /** Something to do with what a transaction gave, once it is committed. */
    interface Then<T> {
        void run(T result) throws SQLException;
    }

    /** Where its transactions queue up. */
    WriterQueue queue() {
        return queue;
    }

    /** Runs work in one transaction: all of it is stored, or, whatever is thrown, none. */
    <T> T inTransaction(Work<T> work, Supplier<? extends RuntimeException> whenClosed) {
        return inTransaction(work, stored -> {}, whenClosed);
    }

    /** The same, and something that follows before any other writer of this JVM may begin. */
    <T> T inTransaction(Work<T> work, Then<? super T> then, Supplier<? extends RuntimeException> whenClosed) {
        Interrupts interrupts = new Interrupts();
        try {
            return queue.alone(queue.deadline(), interrupts, () -> {
                requireOpen(whenClosed);
                T result = transaction(queue.deadline(), interrupts, work);
                follow(then, result);
                return result;
            });
        } finally {
            interrupts.restore();
        }
    }

    private <T> void follow(Then<? super T> then, T result) {
        try {
            then.run(result);
        } catch (SQLException e) {
            throw SqliteErrors.of(e, file.path());
        }
    }

    /** Refuses who comes after {@link #close}. Only for who holds the place among the writers. */
    void requireOpen(Supplier<? extends RuntimeException> whenClosed) {
        if (closed) {
            throw whenClosed.get();
        }
    }

    /** The same as {@link #inTransaction}, for who holds the place among the writers already. */
    <T> T transaction(Deadline deadline, Interrupts interrupts, Work<T> work) {
        try {
            Session open = open();
            queue.begin(open, deadline, interrupts);
            return commit(open, work);
        } catch (SQLException e) {
            discard();
            throw SqliteErrors.of(e, file.path());
        } catch (RuntimeException e) {
            if (e.getCause() instanceof SQLException) {
                discard();
            }
            throw e;
        }
    }

    private <T> T commit(Session open, Work<T> work) throws SQLException {
        boolean committed = false;
        try {
            T result = work.run(open);
            // What is committed to a file that was removed or replaced is lost when that is closed.
            opened.requireThere();
            open.run("COMMIT");
            committed = true;
            return result;
        } finally {
            if (!committed) {
                open.rollBack();
            }
        }
    }

    private Session open() throws SQLException {
        Session open = session;
        if (open == null) {
            open = opener.open();
            session = open;
        }
        return open;
    }

    /** Moves what was written from the write-ahead log into the file, and holds no other writer up. Only for its one user. */
    void checkpoint() {
        try {
            if (session != null) {
                session.set("wal_checkpoint(PASSIVE)");
            }
        } catch (SQLException e) {
            LOG.debug("The write-ahead log stays for now: {}", e.getMessage());
        }
    }

    boolean isConnected() {
        return session != null;
    }

    private void discard() {
        if (session != null) {
            session.closeQuietly();
            session = null;
        }
    }

    /** Waits for the transaction that is under way and closes the connection. */
    void close() {
        file.writers().lock();
        try {
            closed = true;
            discard();
        } finally {
            file.writers().unlock();
        }
    }
}
