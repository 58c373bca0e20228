package dev.recount.store.postgres;

import dev.recount.internal.log.Deadline;
import dev.recount.internal.log.Interrupts;
import dev.recount.store.EventStoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of a host, used for one piece of work each. A connection that broke is replaced and the work done again, until the
 * busy timeout is over: a read changes nothing, and a transaction that was not committed has not happened.
 *
 * <p>An interrupt of the caller is kept aside meanwhile: on a virtual thread it would close the socket. Thread-safe.
 */
final class Database {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresEventStore.class);
    private static final long PAUSE_NANOS = 20_000_000;

    private final DataSource source;
    private final PostgresOptions options;
    private final Map<String, String> statements = new ConcurrentHashMap<>();

    Database(DataSource source, PostgresOptions options) {
        this.source = source;
        this.options = options;
    }

    /** Work on a connection. It may be done more than once. */
    interface Work<T> {
        T on(Session session) throws SQLException;
    }

    /** Finds out whether a transaction was committed whose connection broke in that moment. */
    interface Doubt {

        /** Whether it was; tries until the deadline is over, and then throws why it cannot tell. */
        boolean isCommitted(Deadline deadline, SQLException cause);
    }

    /** Reads with one statement, or several that need not see the same. */
    <T> T read(String what, Work<T> work) {
        return again(what, deadline(), connection -> work.on(use(connection, true)));
    }

    /** Runs one statement, and never again: where the connection breaks, it may have been carried out. */
    <T> T attempt(Work<T> work) throws SQLException {
        return once(connection -> work.on(use(connection, true)));
    }

    /** Runs one transaction. */
    <T> T write(String what, Work<T> work) {
        return transaction(what, deadline(), work, (deadline, cause) -> {
            throw PostgresErrors.inDoubt(what, cause);
        });
    }

    /** Runs one transaction that does nothing more where it was committed before; so it is run again wherever that is not known. */
    <T> T writeAgain(String what, Work<T> work) {
        return transaction(what, deadline(), work, (deadline, cause) -> false);
    }

    /** Runs one transaction, and again where it was not committed for no fault of its own. */
    <T> T transaction(String what, Deadline deadline, Work<T> work, Doubt doubt) {
        return again(what, deadline, connection -> {
            T result = uncommitted(connection, work);
            try {
                connection.commit();
            } catch (SQLException e) {
                if (!PostgresErrors.isGone(e)) {
                    throw e;
                }
                if (!doubt.isCommitted(deadline, e)) {
                    throw e;
                }
            }
            return result;
        });
    }

    private <T> T uncommitted(Connection connection, Work<T> work) throws SQLException {
        try {
            return work.on(use(connection, false));
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(connection);
            throw e;
        }
    }

    private interface Use<T> {
        T of(Connection connection) throws SQLException;
    }

    private <T> T again(String what, Deadline deadline, Use<T> use) {
        Interrupts interrupts = new Interrupts();
        try {
            while (true) {
                try {
                    return once(use);
                } catch (SQLException e) {
                    if (!PostgresErrors.isWorthAnotherTry(e) || deadline.isOver()) {
                        throw PostgresErrors.of(e, what);
                    }
                    LOG.debug("{}: trying again after {}", what, e.getMessage());
                    interrupts.pause(Math.min(PAUSE_NANOS, Math.max(1, deadline.remainingNanos())));
                }
            }
        } finally {
            interrupts.restore();
        }
    }

    private <T> T once(Use<T> use) throws SQLException {
        Connection connection = connect();
        try {
            boolean autoCommit = connection.getAutoCommit();
            T result = use.of(connection);
            giveBack(connection, autoCommit);
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            close(connection);
            throw e;
        }
    }

    /** A connection of the host's, which the caller closes. Whatever keeps it from being had may pass. */
    Connection connect() throws SQLException {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            boolean passes = !PostgresErrors.isRefused(e);
            throw passes && !PostgresErrors.isGone(e) ? new SQLException(e.getMessage(), "08001", e) : e;
        }
    }

    Session use(Connection connection, boolean autoCommit) throws SQLException {
        if (connection.getAutoCommit() != autoCommit) {
            connection.setAutoCommit(autoCommit);
        }
        return new Session(connection, this::inSchema);
    }

    // The work is done: what goes wrong from here on is the pool's to notice.
    private static void giveBack(Connection connection, boolean autoCommit) {
        try {
            if (connection.getAutoCommit() != autoCommit) {
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException broken) {
            LOG.debug("A connection broke after its work was done: {}", broken.getMessage());
        }
        close(connection);
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            LOG.debug("Nothing to roll back: {}", broken.getMessage());
        }
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException broken) {
            LOG.debug("Nothing to close: {}", broken.getMessage());
        }
    }

    String inSchema(String sql) {
        return statements.computeIfAbsent(sql, text -> text.replace("{s}", options.schema()));
    }

    /** Until when a call waits that comes now. */
    Deadline deadline() {
        return Deadline.after(options.busyTimeout());
    }

    PostgresOptions options() {
        return options;
    }

    /** The error of a statement that failed, for a rig. */
    static EventStoreException error(SQLException e, String what) {
        return PostgresErrors.of(e, what);
    }
}
