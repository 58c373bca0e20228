package dev.recount.store.jdbc;

import dev.recount.event.StoredEvent;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import dev.recount.store.EventStoreException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the statements of a read model on the names of one set of its tables. Not thread-safe: use from one thread at a time. */
public final class ModelStatements implements SqlStatements {

    private static final Set<String> READING = Set.of("SELECT", "WITH", "VALUES");

    private final ModelSession session;
    private final ModelLog log;
    private final SqlNames names;
    private @Nullable RuntimeException ending;
    private @Nullable RuntimeException failed;
    // No other thread can find itself in it, whenever it sees what is written here.
    private @Nullable Thread user;

    ModelStatements(ModelSession session, ModelLog log, SqlNames names) {
        this.session = session;
        this.log = log;
        this.names = names;
    }

    /** Has a model apply an event; only until then may it use this. */
    void give(StoredEvent event, SqlReadModel model) {
        user = Thread.currentThread();
        failed = null;
        try {
            model.apply(event, this);
            requireNoneFailed();
        } finally {
            user = null;
        }
    }

    @Override
    public int execute(String sql, @Nullable Object... arguments) {
        requireInApply(sql);
        String real = names.writing(sql, model -> othersTables(model, sql));
        requireUsable();
        requireNoneFailed();
        try {
            return session.execute(real, arguments);
        } catch (SQLException e) {
            throw noted(real, failed(sql, e, log));
        }
    }

    @Override
    public List<Map<String, @Nullable Object>> query(String sql, @Nullable Object... arguments) {
        requireInApply(sql);
        String real = names.querying(sql, model -> othersTables(model, sql));
        requireUsable();
        requireNoneFailed();
        try {
            return session.select(real, arguments);
        } catch (SQLException e) {
            throw noted(real, failed(sql, e, log));
        }
    }

    // Some databases do nothing more after it, whatever the model has made of it.
    private void requireNoneFailed() {
        if (failed != null) {
            throw failed;
        }
    }

    private void requireInApply(String sql) {
        if (user != Thread.currentThread()) {
            throw new IllegalStateException(
                    "Statement '" + sql + "' was not run: it was given outside of the read model's"
                            + " apply, or on another thread. Give it in apply, and keep no SqlStatements for later.");
        }
    }

    private Map<String, String> othersTables(String model, String sql) {
        session.dialect().requireNoneOfTheLogs(sql);
        try {
            return ModelRows.tablesOfOthers(session, model);
        } catch (SQLException e) {
            throw noted("", log.error(e));
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
    private RuntimeException noted(String real, RuntimeException failure) {
        ModelSession.Ended ended = session.ended(real);
        failed = ended == ModelSession.Ended.EVENT ? failure : null;
        if (failure instanceof EventStoreException) {
            ending = failure;
        } else if (ended == ModelSession.Ended.TRANSACTION) {
            ending = new IllegalArgumentException(
                    failure.getMessage()
                            + " It has ended the whole transaction, so nothing of that was stored. Leave out"
                            + " what rolls back by itself, such as OR ROLLBACK and RAISE(ROLLBACK, ...).",
                    failure.getCause());
        }
        return ending == null ? failure : ending;
    }

    /** Refuses what is not a query. */
    public static void requireQuery(String sql) {
        requireFirstWord(sql, READING);
    }

    /** What a model's statement failed at. */
    public static RuntimeException failed(String sql, SQLException e, ModelLog log) {
        if (!log.isStatementError(e)) {
            return log.error(e);
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
