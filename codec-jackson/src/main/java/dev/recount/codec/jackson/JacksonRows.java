package dev.recount.codec.jackson;

import dev.recount.replay.StateRows;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of any state that Jackson can write: for comparing states, and for following a value through a log.
 *
 * <ul>
 *   <li>A map has a row for each entry, by its key.
 *   <li>An object, such as a record, has a row for each entry of each of its maps, as {@code beads:gt-1}; and its other components are the
 *       fields of one row, {@code state}.
 *   <li>Anything else is one row, {@code state}.
 * </ul>
 *
 * <p>What is an object in JSON has its fields; a row of anything else has one field, {@code value}. Values are texts, numbers, booleans,
 * lists and maps, or null. A set is a list in the order of its elements' texts, so equal sets are the same. A row is written as JSON only
 * where it is looked at, and a map of a state is read once however many of its rows are looked at in turn: states do not change.
 *
 * <pre>{@code
 * StateRows<Map<String, String>> rows = JacksonRows.create();
 * rows.row(Map.of("12A", "Ada"), "12A");     // {value=Ada}
 * }</pre>
 *
 * <p>It fails with {@link IllegalArgumentException} where a state or a row cannot be written. Thread-safe.
 *
 * @param <S> the state
 */
public final class JacksonRows<S> implements StateRows<S> {

    private static final RowWriter WRITER = new RowWriter(StrictMapper.createExact());

    private final Map<Class<?>, StateShape> shapes = new ConcurrentHashMap<>();

    private JacksonRows() {}

    /** The rows of states of any class. */
    public static <S> JacksonRows<S> create() {
        return new JacksonRows<>();
    }

    /** The row of one value: its fields where it is an object in JSON, else the one field {@code value}. */
    public static Map<String, @Nullable Object> row(@Nullable Object value) {
        return new JacksonRow(WRITER, value);
    }

    @Override
    public Set<String> keys(S state) {
        return shape(state).keys(state);
    }

    @Override
    public Optional<Map<String, @Nullable Object>> row(S state, String key) {
        return shape(state).row(state, key);
    }

    private StateShape shape(S state) {
        return shapes.computeIfAbsent(state.getClass(), type -> StateShape.of(type, WRITER));
    }
}
