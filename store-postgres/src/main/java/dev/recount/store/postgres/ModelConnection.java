package dev.recount.store.postgres;

import dev.recount.internal.log.TimeText;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.jdbc.ModelDialect;
import dev.recount.store.jdbc.ModelSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * A connection on which plain names are those of a rig's read models. What only reads sees one state of the database, from its first
 * statement on. Not thread-safe: use from one thread at a time.
 */
final class ModelConnection implements ModelSession {

    private static final int FETCH = 1_000;

    private final Session session;
    private final Rig rig;
    private final ModelDatabase models;
    private final boolean isReading;
    private boolean hasBegun;

    private ModelConnection(Session session, Rig rig, ModelDatabase models, boolean isReading) {
        this.session = session;
        this.rig = rig;
        this.models = models;
        this.isReading = isReading;
    }

    /** In the transaction that the session is in. */
    static ModelConnection in(Session session, Rig rig, ModelDatabase models) {
        return new ModelConnection(session, rig, models, false);
    }

    /** To read, until {@link #endView}. */
    static ModelConnection reading(Session session, Rig rig, ModelDatabase models) {
        return new ModelConnection(session, rig, models, true);
    }

    private Connection connection() throws SQLException {
        if (!hasBegun) {
            hasBegun = true;
            begin();
        }
        return session.connection();
    }

    private void begin() throws SQLException {
        if (isReading) {
            session.connection().setAutoCommit(false);
            session.runAll("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        }
        // Not by SET, after which the driver would prepare all its statements anew.
        session.query(
                "SELECT set_config('search_path', concat_ws(', ', ?, nullif(current_setting('search_path'), '')), true)",
                rows -> true,
                models.schema());
    }

    @Override
    public ModelDialect dialect() {
        return models;
    }

    @Override
    public <T> T query(String sql, Reading<T> reading, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(sql, arguments)) {
            statement.setFetchSize(FETCH);
            try (ResultSet rows = statement.executeQuery()) {
                return reading.of(rows);
            }
        }
    }

    @Override
    public int run(String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(sql, arguments)) {
            return statement.executeUpdate();
        }
    }

    @Override
    public int execute(String sql, @Nullable Object... arguments) throws SQLException {
        return run(sql, arguments);
    }

    @Override
    public List<Map<String, @Nullable Object>> select(String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(sql, arguments)) {
            // What is prepared once cannot give other columns later, as the tables of another version have them.
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            try (ResultSet rows = statement.executeQuery()) {
                return rows(rows);
            }
        }
    }

    private static List<Map<String, @Nullable Object>> rows(ResultSet rows) throws SQLException {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        ResultSetMetaData columns = rows.getMetaData();
        while (rows.next()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                row.put(columns.getColumnLabel(i), value(rows, i));
            }
            all.add(row);
        }
        return all;
    }

    // Texts, numbers, bytes and null, as on SQLite.
    private static @Nullable Object value(ResultSet rows, int column) throws SQLException {
        Object value = rows.getObject(column);
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        return value == null || value instanceof Number || value instanceof byte[] ? value : rows.getString(column);
    }

    private PreparedStatement prepare(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = connection().prepareStatement(sql);
        try {
            for (int i = 0; i < arguments.length; i++) {
                bind(statement, i + 1, arguments[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    // Texts go without a type, so that they can become what their column is.
    private static void bind(PreparedStatement statement, int place, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(place, Types.NULL);
        } else if (value instanceof Boolean flag) {
            statement.setObject(place, flag ? "1" : "0", Types.OTHER);
        } else if (value instanceof Instant time) {
            statement.setObject(place, TimeText.of(TimeText.within(time)), Types.OTHER);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(place, bytes);
        } else if (isWhole(value)) {
            statement.setLong(place, ((Number) value).longValue());
        } else if (value instanceof Float || value instanceof Double) {
            statement.setDouble(place, finite(place, ((Number) value).doubleValue()));
        } else if (value instanceof Number || value instanceof String) {
            statement.setObject(place, value.toString(), Types.OTHER);
        } else {
            throw new IllegalArgumentException("Argument " + place + " is a "
                    + value.getClass().getName() + ". Give a String, a number, a Boolean, an Instant, bytes or null.");
        }
    }

    private static boolean isWhole(Object value) {
        return value instanceof Byte || value instanceof Short || value instanceof Integer || value instanceof Long;
    }

    // As on SQLite, which has no NaN, so that a model can move.
    private static double finite(int place, double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("Argument " + place + " is " + value
                    + ". NaN would be stored as NULL elsewhere, and JSON has no number for an infinity, so neither is taken."
                    + " Give a finite number, null, or a text.");
        }
        return value;
    }

    @Override
    public Ended ended(String sql) {
        return Ended.EVENT;
    }

    @Override
    public void forget(String sql) {}

    @Override
    public void forgetStatements() {}

    @Override
    public void beginView() {}

    @Override
    public void endView() throws SQLException {
        if (isReading && hasBegun) {
            hasBegun = false;
            session.connection().rollback();
            session.connection().setAutoCommit(true);
        }
    }

    @Override
    public boolean hasModels() throws SQLException {
        return hasTable("recount_read_models");
    }

    @Override
    public boolean hasTable(String name) throws SQLException {
        return number("SELECT count(*) FROM pg_class WHERE oid = to_regclass(?)", models.schema() + "." + name) > 0;
    }

    @Override
    public Position position() throws SQLException {
        connection();
        return session.query(
                "SELECT head, floor FROM {s}.rigs WHERE rig = ?",
                row -> new Position(rig.require(row).getLong(1), row.getLong(2)),
                rig.key());
    }

    @Override
    public Page page(long after, long until, int events) throws SQLException {
        connection();
        long from = Math.max(after, position().floor());
        ReadOptions options =
                ReadOptions.defaults().after(from).until(Math.max(from, until)).withLimit(events);
        return PageReader.read(session, rig, Query.all(), options);
    }
}
