package dev.recount.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recount.internal.log.TimeText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A connection for one piece of work, with the statements of one schema. Not thread-safe: use from one thread at a time. */
final class Session {

    private final Connection connection;
    private final UnaryOperator<String> inSchema;

    /** With what puts the schema into a statement. */
    Session(Connection connection, UnaryOperator<String> inSchema) {
        this.connection = connection;
        this.inSchema = inSchema;
    }

    /** Makes something of what a statement gives. */
    interface Reading<T> {
        T of(ResultSet rows) throws SQLException;
    }

    /** What is made of the rows of a statement; of several in one text, of the rows of the last. */
    <T> T query(String sql, Reading<T> reading, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(sql, arguments)) {
            boolean rows = statement.execute();
            while (!rows && statement.getUpdateCount() >= 0) {
                rows = statement.getMoreResults();
            }
            try (ResultSet result = statement.getResultSet()) {
                return reading.of(result);
            }
        }
    }

    /** The number that a statement gives; 0 where it gives no row. */
    long number(String sql, @Nullable Object... arguments) throws SQLException {
        return query(sql, rows -> rows.next() ? rows.getLong(1) : 0L, arguments);
    }

    /** Runs a statement that gives no rows; returns how many it changed. */
    int run(String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(sql, arguments)) {
            return statement.executeUpdate();
        }
    }

    /** Runs statements separated by semicolons; returns how many rows the last has changed. */
    int runEach(String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(sql, arguments)) {
            boolean rows = statement.execute();
            int last = 0;
            for (int changed = statement.getUpdateCount(); rows || changed >= 0; changed = statement.getUpdateCount()) {
                last = changed;
                rows = statement.getMoreResults();
            }
            return last;
        }
    }

    /** Runs statements separated by semicolons, without arguments. */
    void runAll(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(inSchema.apply(sql));
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(inSchema.apply(sql));
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

    private void bind(PreparedStatement statement, int place, @Nullable Object argument) throws SQLException {
        if (argument == null) {
            statement.setNull(place, Types.VARCHAR);
        } else if (argument instanceof Instant time) {
            statement.setString(place, TimeText.of(TimeText.within(time)));
        } else if (argument instanceof String[] texts) {
            statement.setArray(place, connection.createArrayOf("text", texts));
        } else if (argument instanceof Long[] numbers) {
            statement.setArray(place, connection.createArrayOf("bigint", numbers));
        } else if (argument instanceof Integer[] numbers) {
            statement.setArray(place, connection.createArrayOf("integer", numbers));
        } else if (argument instanceof byte[][] values) {
            statement.setArray(place, connection.createArrayOf("bytea", values));
        } else if (argument instanceof byte[] value) {
            statement.setBytes(place, value);
        } else {
            statement.setObject(place, argument);
        }
    }

    /** A text that may hold what PostgreSQL's own texts cannot: the character of code 0. */
    static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    Connection connection() {
        return connection;
    }
}
