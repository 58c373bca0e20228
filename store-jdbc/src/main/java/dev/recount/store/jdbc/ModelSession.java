package dev.recount.store.jdbc;

import dev.recount.store.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store's connection as the work on read models needs it. Not thread-safe: use from one thread at a time. */
public interface ModelSession {

    /** What is this database's own. */
    ModelDialect dialect();

    /** Makes something of what a query gives. */
    interface Reading<T> {

        /** Reads the rows, from before the first. */
        T of(ResultSet rows) throws SQLException;
    }

    /** How far a log is. Immutable. */
    record Position(long head, long floor) {}

    /** What a statement that failed has ended. */
    enum Ended {
        /** Nothing else. */
        STATEMENT,
        /** All since the last savepoint. */
        EVENT,
        /** The whole transaction; another was begun in its place, in which nothing may be stored. */
        TRANSACTION
    }

    /** What is made of the rows of a query. */
    <T> T query(String sql, Reading<T> reading, @Nullable Object... arguments) throws SQLException;

    /** Runs a statement that gives no rows; returns how many it changed. */
    int run(String sql, @Nullable Object... arguments) throws SQLException;

    /** Runs a model's own statement; refuses arguments that are not one for each place. */
    int execute(String sql, @Nullable Object... arguments) throws SQLException;

    /** The rows of a model's own query; refuses arguments that are not one for each place. */
    List<Map<String, @Nullable Object>> select(String sql, @Nullable Object... arguments) throws SQLException;

    /** Says what a statement that failed has ended, and gives up what is prepared of it. */
    Ended ended(String sql);

    /** Gives up a statement that failed, and with {@link #forgetStatements} all that were prepared. */
    void forget(String sql);

    /** Gives up what was prepared, and its memory. */
    void forgetStatements() throws SQLException;

    /** Sees the database as it is now, or when it is first read, until {@link #endView}. */
    void beginView() throws SQLException;

    /** Sees what is committed from now on. */
    void endView() throws SQLException;

    /** Whether the database can hold read models yet. */
    boolean hasModels() throws SQLException;

    /** Whether the database has a table of that name, of those that come when they are first needed. */
    boolean hasTable(String name) throws SQLException;

    /** How far the log is. */
    Position position() throws SQLException;

    /** The events after a sequence and up to another, in order; at most so many. */
    Page page(long after, long until, int events) throws SQLException;

    /** The one number that a query gives; 0 where it gives none. */
    default long number(String sql, @Nullable Object... arguments) throws SQLException {
        return query(sql, rows -> rows.next() ? rows.getLong(1) : 0L, arguments);
    }

    /** The first text that a query gives. */
    default Optional<String> text(String sql, @Nullable Object... arguments) throws SQLException {
        return texts(sql, arguments).stream().findFirst();
    }

    /** The texts of a query's first column. */
    default List<String> texts(String sql, @Nullable Object... arguments) throws SQLException {
        return query(
                sql,
                rows -> {
                    List<String> texts = new ArrayList<>();
                    while (rows.next()) {
                        texts.add(String.valueOf(rows.getString(1)));
                    }
                    return texts;
                },
                arguments);
    }
}
