package dev.recount.store.sqlite;

import dev.recount.event.StoredEvent;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import dev.recount.store.EventStoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the statements of a read model on the names of one set of its tables. Not thread-safe: use from one thread at a time. */
final class ModelStatements implements SqlStatements {

    private static final Set<String> READING = Set.of("SELECT", "WITH", "VALUES");

    private final Session session;
    private final Path file;
    private final SqlNames names;
    private @Nullable RuntimeException ending;
    // No other thread can find itself in it, whenever it sees what is written here.
    private @Nullable Thread user;

    ModelStatements(Session session, Path file, SqlNames names) {
        this.session = session;
        this.file = file;
        this.names = names;
    }

    /** Has a model apply an event; only until then may it use this. */
    void give(StoredEvent event, SqlReadModel model) {
        user = Thread.currentThread();
        try {
            model.apply(event, this);
        } finally {
            user = null;
        }
    }

    @Override
    public int execute(String sql, @Nullable Object... arguments) {
        requireInApply(sql);
        String real = names.writing(sql, this::othersTables);
        requireUsable();
        try {
            session.requireOneForEach(real, arguments.length);
            return session.run(real, arguments);
        } catch (SQLException e) {
            session.forget(real);
            throw noted(failed(sql, e, file));
        }
    }

    @Override
    public List<Map<String, @Nullable Object>> query(String sql, @Nullable Object... arguments) {
        requireInApply(sql);
        String real = names.querying(sql, this::othersTables);
        requireUsable();
        try {
            session.requireOneForEach(real, arguments.length);
            return session.rows(real, arguments);
        } catch (SQLException e) {
            session.forget(real);
            throw noted(failed(sql, e, file));
        }
    }

    private void requireInApply(String sql) {
        if (user != Thread.currentThread()) {
            throw new IllegalStateException(
                    "Statement '" + sql + "' was not run: it was given outside of the read model's"
                            + " apply, or on another thread. Give it in apply, and keep no SqlStatements for later.");
        }
    }

    private Map<String, String> othersTables(String model) {
        try {
            return ModelRows.tablesOfOthers(session, model);
        } catch (SQLException e) {
            throw noted(SqliteErrors.of(e, file));
        }
    }

    /**
     * Throws what ended the whole transaction, as OR ROLLBACK does, or what the file failed at, though a read model caught it: nothing that
     * follows may be stored.
     */
    void requireUsable() {
        if (ending != null) {
            throw ending;
        }
    }

    // In the transaction that was begun instead, nothing that follows can be stored alone: it is rolled back, too.
    private RuntimeException noted(RuntimeException failure) {
        boolean ended = session.beginWhereEnded();
        if (failure instanceof EventStoreException) {
            ending = failure;
        } else if (ended) {
            ending = new IllegalArgumentException(
                    failure.getMessage()
                            + " It has ended the whole transaction, so nothing of that was stored. Leave out"
                            + " what rolls back by itself, such as OR ROLLBACK and RAISE(ROLLBACK, ...).",
                    failure.getCause());
        }
        return ending == null ? failure : ending;
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
