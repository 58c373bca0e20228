package dev.recount.sql;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a read model, inside a transaction. The same texts are prepared once: give values as arguments, never inside
 * the text.
 *
 * <p>The model's own tables and views stand in braces, as in its {@link SqlReadModel#schema schema}: {@code INSERT INTO {bead}
 * VALUES (?)}. Braces inside literals, quoted names and comments are left alone.
 *
 * <p>What becomes of an argument, before its column makes its own of it: a {@code String} is a text; a {@code Byte}, {@code Short},
 * {@code Integer} or {@code Long} an integer; a {@code Boolean} the integer 1 or 0; a {@code Float} or {@code Double} a floating-point number, unless it
 * is NaN, which SQLite would store as NULL, or an infinity, for which JSON has no number: these are refused; a {@link java.math.BigInteger}, a
 * {@link java.math.BigDecimal} or any other number the text that its {@code toString} gives, exact, and in a column of texts sorted as a text; an
 * {@link java.time.Instant} a text that sorts, to the microsecond; {@code byte[]} bytes; null is NULL.
 *
 * <p>Not thread-safe: use inside {@link SqlReadModel#apply} only, on its thread. Anywhere else, such as after it has returned, there is
 * no transaction of the model, and each method throws an {@link IllegalStateException}.
 */
public interface SqlStatements {

    /**
     * Runs an INSERT, UPDATE or DELETE.
     *
     * @return how many rows it changed
     * @throws IllegalArgumentException where it is something else, touches the log's own tables, names a table in braces that the
     *     model does not create, one of the model's own without braces, or one of another model, or fails for its text or values
     */
    int execute(String sql, @Nullable Object... arguments);

    /**
     * The rows of a query by the names of their columns, in order. Values are texts, numbers, bytes and null.
     *
     * @throws IllegalArgumentException where it is not a query, touches the log's own tables, names a table in braces that the
     *     model does not create, one of the model's own without braces, or one of another model, or fails for its text or values
     */
    List<Map<String, @Nullable Object>> query(String sql, @Nullable Object... arguments);
}
