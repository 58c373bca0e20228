package dev.recount.store.sqlite;

import dev.recount.internal.log.TimeText;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.jdbc.ModelDialect;
import dev.recount.store.jdbc.ModelSession;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * One connection with its prepared statements, which are used again and again. Not thread-safe: use from one thread at a time.
 *
 * <p>Transactions are statements of their own: the driver's own mode begins again right after a commit and would keep the write
 * lock.
 */
final class Session implements AutoCloseable, ModelSession {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteEventStore.class);
    private static final int MAX_STATEMENTS = 250;

    private final Connection connection;
    private final TypeNames typeNames = new TypeNames();
    private long schemaVersion = -1;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);

    private Session(Connection connection) {
        this.connection = connection;
    }

    /** Opens a file. Parameters are those of SQLite's file URIs, e.g. {@code ?mode=ro}. */
    static Session open(Path file, String parameters, long busyTimeoutMillis) throws SQLException {
        return connect(uri(file, parameters), busyTimeoutMillis);
    }

    /** Opens a database of its own in a temporary file, which SQLite removes when the session is closed or the program ends. */
    static Session openTemporary(long busyTimeoutMillis) throws SQLException {
        return connect("", busyTimeoutMillis);
    }

    /** A file in the form in which SQLite opens and attaches it. */
    static String uri(Path file, String parameters) {
        return "file:" + file.toUri().getRawPath() + parameters;
    }

    private static Session connect(String uri, long busyTimeoutMillis) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("busy_timeout", Long.toString(Math.min(busyTimeoutMillis, Integer.MAX_VALUE)));
        // Otherwise the driver asks for the last row id after each INSERT, which costs as much as the INSERT.
        properties.setProperty("jdbc.get_generated_keys", "false");
        return new Session(new PlainConnection(uri, properties));
    }

    /**
     * Leaves transactions to the statements that begin and end them. In the driver's autocommit mode each statement that gives no
     * rows is followed by a BEGIN of the driver's own, which fails inside of a transaction and costs as much as a small INSERT.
     */
    private static final class PlainConnection extends JDBC4Connection {

        PlainConnection(String uri, Properties properties) throws SQLException {
            super("jdbc:sqlite:" + uri, uri, properties);
            // Not setAutoCommit: that would begin a transaction now, and another after each commit.
            getConnectionConfig().setAutoCommit(false);
        }
    }

    /** The names of types that were read through this connection. */
    TypeNames typeNames() {
        return typeNames;
    }

    /** The statement of that text; it belongs to this session and is not to be closed. */
    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known != null) {
            return known;
        }
        PreparedStatement statement = connection.prepareStatement(sql);
        statements.put(sql, statement);
        closeEldestBeyondMax();
        return statement;
    }

    private void closeEldestBeyondMax() throws SQLException {
        if (statements.size() > MAX_STATEMENTS) {
            Iterator<PreparedStatement> eldestFirst = statements.values().iterator();
            PreparedStatement eldest = eldestFirst.next();
            eldestFirst.remove();
            eldest.close();
        }
    }

    /** Gives up the statements that were prepared, and their memory. */
    @Override
    public void forgetStatements() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        statements.clear();
    }

    /** Gives up one statement, which failed: the driver does not let it be used again. */
    @Override
    public void forget(String sql) {
        PreparedStatement failed = statements.remove(sql);
        try {
            if (failed != null) {
                failed.close();
            }
        } catch (SQLException alreadyGivenUp) {
            LOG.debug("Nothing to close: {}", alreadyGivenUp.getMessage());
        }
    }

    /** The texts of all that is prepared. */
    List<String> preparedTexts() {
        return List.copyOf(statements.keySet());
    }

    /** The statement of that text with its arguments bound. */
    PreparedStatement prepare(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = prepare(sql);
        for (int i = 0; i < arguments.length; i++) {
            bind(statement, i + 1, arguments[i]);
        }
        return statement;
    }

    /** Refuses arguments that are not one for each place: a place without one would keep the value of the last time. */
    private void requireOneForEach(String sql, int arguments) throws SQLException {
        int places = prepare(sql).getParameterMetaData().getParameterCount();
        if (arguments != places) {
            throw new IllegalArgumentException("Statement '" + sql + "' has " + places + " places for arguments, and "
                    + arguments + " were given. Give one for each.");
        }
    }

    /** Runs a statement that gives no rows; returns how many it changed. */
    @Override
    public int run(String sql, @Nullable Object... arguments) throws SQLException {
        return prepare(sql, arguments).executeUpdate();
    }

    /** Whether the file has a table, of those that come when they are first needed. */
    @Override
    public boolean hasTable(String name) throws SQLException {
        return number("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?", name) > 0;
    }

    @Override
    public <T> T query(String sql, Reading<T> reading, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = prepare(sql, arguments).executeQuery()) {
            return reading.of(rows);
        }
    }

    @Override
    public int execute(String sql, @Nullable Object... arguments) throws SQLException {
        requireOneForEach(sql, arguments.length);
        return run(sql, arguments);
    }

    @Override
    public List<Map<String, @Nullable Object>> select(String sql, @Nullable Object... arguments) throws SQLException {
        requireOneForEach(sql, arguments.length);
        return rows(sql, arguments);
    }

    @Override
    public Ended ended(String sql) {
        forget(sql);
        return beginWhereEnded() ? Ended.TRANSACTION : Ended.STATEMENT;
    }

    @Override
    public ModelDialect dialect() {
        return SqliteDialect.ONLY;
    }

    @Override
    public void beginView() throws SQLException {
        run("BEGIN");
    }

    @Override
    public void endView() {
        rollBack();
    }

    // Part of each log since the first release.
    @Override
    public boolean hasModels() {
        return true;
    }

    @Override
    public Position position() throws SQLException {
        LogRow.Position position = LogRow.position(this);
        return new Position(position.head(), position.floor());
    }

    @Override
    public Page page(long after, long until, int events) throws SQLException {
        return PageReader.read(this, Query.all(), new Window(after, until, events, false));
    }

    /** All rows of a query by the names of their columns. */
    List<Map<String, @Nullable Object>> rows(String sql, @Nullable Object... arguments) throws SQLException {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        try (ResultSet rows = prepare(sql, arguments).executeQuery()) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= columns; i++) {
                    row.put(rows.getMetaData().getColumnLabel(i), rows.getObject(i));
                }
                all.add(row);
            }
        }
        return all;
    }

    /**
     * The same while tables may get other columns, as those of a read model do: a prepared statement keeps the columns that it was
     * prepared with. Not for use in a transaction.
     */
    List<Map<String, @Nullable Object>> rowsOfNow(String sql, @Nullable Object... arguments) throws SQLException {
        run("BEGIN");
        try {
            long now = number("PRAGMA schema_version");
            if (now != schemaVersion) {
                forgetStatements();
                schemaVersion = now;
            }
            requireOneForEach(sql, arguments.length);
            return rows(sql, arguments);
        } finally {
            rollBack();
        }
    }

    /** Runs a setting, whose answer does not matter. */
    void set(String pragma) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA " + pragma);
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value instanceof Boolean flag) {
            statement.setInt(index, flag ? 1 : 0);
        } else if (value instanceof Instant time) {
            statement.setString(index, TimeText.of(TimeText.within(time)));
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else if (value instanceof Byte
                || value instanceof Short
                || value instanceof Integer
                || value instanceof Long) {
            statement.setLong(index, ((Number) value).longValue());
        } else if (value instanceof Float || value instanceof Double) {
            statement.setDouble(index, finite(index, ((Number) value).doubleValue()));
        } else if (value == null || value instanceof Number || value instanceof String) {
            statement.setString(index, value == null ? null : value.toString());
        } else {
            throw new IllegalArgumentException("Argument " + index + " is a "
                    + value.getClass().getName() + ". Give a String, a number, a Boolean, an Instant, bytes or null.");
        }
    }

    // SQLite would keep NaN as NULL. It has infinities, but rows are told in JSON, too.
    private static double finite(int index, double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("Argument " + index + " is " + value
                    + ". NaN would be stored as NULL, and JSON has no number for an infinity, so neither is taken."
                    + " Give a finite number, null, or a text.");
        }
        return value;
    }

    /** Begins a transaction where none is under way; false where one is, and true where nobody can tell. */
    private boolean beginWhereEnded() {
        try {
            run("BEGIN");
            return true;
        } catch (SQLException e) {
            // Without this the next BEGIN would fail for that alone, and look as if a transaction were under way.
            forget("BEGIN");
            return !String.valueOf(e.getMessage()).contains("within a transaction");
        }
    }

    /** Ends a transaction without a trace. SQLite may have ended it already, after a full disk for example. */
    void rollBack() {
        try {
            run("ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
            forget("ROLLBACK");
            LOG.debug("Nothing to roll back: {}", alreadyRolledBack.getMessage());
        }
    }

    /** Closes; what could go wrong with it no longer matters. */
    void closeQuietly() {
        try {
            close();
        } catch (SQLException e) {
            LOG.warn("A connection could not be closed: {}", e.getMessage());
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
