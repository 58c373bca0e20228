package dev.recount.store.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a read model, inside a transaction. The same texts are prepared once: give values as arguments, never inside
 * the text.
 *
 * <p>The model's own tables and views stand in braces, as in its {@link SqliteReadModel#schema schema}: {@code INSERT INTO {bead}
 * VALUES (?)}. Braces inside literals, quoted names and comments are left alone.
 *
 * <p>Arguments are texts, numbers, booleans (stored as 1 and 0), {@link java.time.Instant}s (stored as text that sorts), bytes and null.
 *
 * <p>Not thread-safe: use inside {@link SqliteReadModel#apply} only.
 */
public final class SqlStatements {

    private static final Set<String> READING = Set.of("SELECT", "WITH", "VALUES");

    private final Session session;
    private final Path file;
    private final SqlNames names;
    private @Nullable RuntimeException ending;

    SqlStatements(Session session, Path file, SqlNames names) {
        this.session = session;
        this.file = file;
        this.names = names;
    }

    /**
     * Runs an INSERT, UPDATE, DELETE or REPLACE.
     *
     * @return how many rows it changed
     * @throws IllegalArgumentException where it is something else, touches the log's own tables, names a table in braces that the
     *     model does not create, or one of the model's own without braces, or fails for its text or values
     */
    public int execute(String sql, @Nullable Object... arguments) {
        String real = names.writing(sql);
        requireTransaction();
        try {
            session.requireOneForEach(real, arguments.length);
            return session.run(real, arguments);
        } catch (SQLException e) {
            session.forget(real);
            throw noted(failed(sql, e, file));
        }
    }

    /**
     * The rows of a query by the names of their columns, in order. Values are texts, numbers, bytes and null.
     *
     * @throws IllegalArgumentException where it is not a query, touches the log's own tables, names a table in braces that the
     *     model does not create, or one of the model's own without braces, or fails for its text or values
     */
    public List<Map<String, @Nullable Object>> query(String sql, @Nullable Object... arguments) {
        String real = names.querying(sql);
        requireTransaction();
        try {
            session.requireOneForEach(real, arguments.length);
            return session.rows(real, arguments);
        } catch (SQLException e) {
            session.forget(real);
            throw noted(failed(sql, e, file));
        }
    }

    /** Throws what ended the whole transaction, as OR ROLLBACK or a full disk does, though a read model caught it. */
    void requireTransaction() {
        if (ending != null) {
            throw ending;
        }
    }

    // In the transaction that was begun instead, nothing that follows can be stored alone: it is rolled back, too.
    private RuntimeException noted(RuntimeException failure) {
        if (session.beginWhereEnded()) {
            ending = failure;
        }
        return failure;
    }

    static List<Map<String, @Nullable Object>> queryOfNow(Session session, String sql, @Nullable Object... arguments)
            throws SQLException {
        requireQuery(sql);
        return session.rowsOfNow(sql, arguments);
    }

    static void requireQuery(String sql) {
        requireFirstWord(sql, READING);
    }

    static RuntimeException failed(String sql, SQLException e, Path file) {
        if (!SqliteErrors.isStatementError(e)) {
            return SqliteErrors.of(e, file);
        }
        return new IllegalArgumentException(
                "Statement '" + sql + "' failed: " + e.getMessage() + ". Correct the statement or its arguments.", e);
    }

    static void requireFirstWord(String sql, Set<String> allowed) {
        String first = sql.strip().split("\\W", 2)[0].toUpperCase(Locale.ROOT);
        if (!allowed.contains(first)) {
            throw new IllegalArgumentException("Statement '" + sql + "' begins with '" + first
                    + "'. Here it may be one of " + allowed.stream().sorted().toList() + ".");
        }
    }
}
