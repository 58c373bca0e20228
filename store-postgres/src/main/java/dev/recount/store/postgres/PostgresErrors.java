package dev.recount.store.postgres;

import dev.recount.store.EventStoreException;
import dev.recount.store.LogCorrupt;
import dev.recount.store.StoreUnavailable;
import java.sql.SQLException;
import java.util.Set;

/** What PostgreSQL says, in the words of the port. */
final class PostgresErrors {

    private static final String LOCK_TIMEOUT = "55P03";
    private static final String READ_ONLY = "25006";
    private static final String NOT_ALLOWED = "42501";
    private static final String UNIQUE = "23505";
    private static final String RESTRICTED = "23001";
    private static final String DAMAGED_DATA = "XX001";
    private static final String DAMAGED_INDEX = "XX002";
    // A lost race that nobody is to blame for: the transaction can be run again.
    private static final Set<String> RACE = Set.of("40001", "40P01");
    private static final Set<String> SERVER_GOES_OR_COMES = Set.of("57P01", "57P02", "57P03", "57P05", "25P03");

    // Classes of states: cardinality, data, constraints, triggers, SQL routines, syntax, limits of a program, PL/pgSQL.
    private static final Set<String> STATEMENT =
            Set.of("07", "0A", "21", "22", "23", "27", "2B", "2F", "38", "39", "42", "44", "54", "P0");

    private PostgresErrors() {}

    /** Whether the connection is gone, or the server, so that another connection may do. */
    static boolean isGone(SQLException e) {
        return state(e).startsWith("08") || SERVER_GOES_OR_COMES.contains(state(e));
    }

    /**
     * Whether the server has said that it did not do what it was asked for. One that broke down over it may find it done once it is back: what
     * it said last is followed by the end of the connection.
     */
    static boolean isRefusal(SQLException e) {
        for (SQLException next = e; next != null; next = next.getNextException()) {
            if (state(next).isEmpty() || isGone(next)) {
                return false;
            }
        }
        return true;
    }

    /** Whether somebody else held something for longer than was to be waited. */
    static boolean isLockTimeout(SQLException e) {
        return LOCK_TIMEOUT.equals(state(e));
    }

    /** Whether the same again may work. */
    static boolean isWorthAnotherTry(SQLException e) {
        return isGone(e) || RACE.contains(state(e));
    }

    /** Whether no connection will be had by trying again: no such database, no such role, a wrong password. */
    static boolean isRefused(SQLException e) {
        return state(e).startsWith("28") || state(e).startsWith("3D");
    }

    /** Whether a statement of somebody else's is at fault, for its text or values, not the database. */
    static boolean isStatementError(SQLException e) {
        return !isNotAllowed(e) && STATEMENT.contains(state(e).substring(0, Math.min(2, state(e).length())));
    }

    static boolean isNotAllowed(SQLException e) {
        return NOT_ALLOWED.equals(state(e));
    }

    /** Whether what was to be read is damaged, which need not concern what else there is. */
    static boolean isDamaged(SQLException e) {
        return DAMAGED_DATA.equals(state(e)) || DAMAGED_INDEX.equals(state(e));
    }

    static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    static EventStoreException of(SQLException e, String what) {
        return switch (state(e)) {
            case LOCK_TIMEOUT -> busy(what, e);
            case READ_ONLY ->
                new StoreUnavailable(
                        what
                                + " cannot be written, and nothing was stored: its server or its connection is read-only, such"
                                + " as a replica. Give the DataSource of the primary.",
                        e);
            case NOT_ALLOWED ->
                new StoreUnavailable(
                        what + " cannot be used by this role: " + e.getMessage()
                                + ". Let the owner of the schema grant it.",
                        e);
            case UNIQUE, RESTRICTED ->
                new LogCorrupt(
                        what + " is damaged: another program has written past its head (" + e.getMessage()
                                + "). Check it, and restore it from a backup.",
                        e);
            case DAMAGED_DATA, DAMAGED_INDEX ->
                new LogCorrupt(
                        what + " is damaged: " + e.getMessage() + ". Check it, and restore it from a backup.", e);
            default -> unavailable(what, e);
        };
    }

    static StoreUnavailable busy(String what, SQLException e) {
        return new StoreUnavailable(
                what
                        + " is held by another writer for longer than the busy timeout, and nothing was stored. End that one,"
                        + " wait longer with withBusyTimeout, or try again.",
                e);
    }

    private static StoreUnavailable unavailable(String what, SQLException e) {
        return new StoreUnavailable(
                what + " cannot be read or written now, and nothing was stored: " + e.getMessage()
                        + ". Check the server and the connection, then try again.",
                e);
    }

    /** A replica was asked for what it may get yet. */
    static StoreUnavailable lags(String what, long head, long sequence) {
        return new StoreUnavailable(
                what + " is read from a replica, which has come to sequence " + head + " and not yet to " + sequence
                        + ". Ask again in a moment, or ask the primary.",
                null);
    }

    /** The connection broke while the server was to commit, and nobody could be asked since. */
    static StoreUnavailable inDoubt(String what, Throwable e) {
        return new StoreUnavailable(
                what + " lost its connection during a commit: " + e.getMessage()
                        + ". Whether it was stored is not known; of an append, a repetition with its receipt key tells.",
                e);
    }
}
