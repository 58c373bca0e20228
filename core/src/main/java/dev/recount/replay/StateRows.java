package dev.recount.replay;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a state reads as a table: rows by key, each with fields by name. So two states can be compared row by row, and one value
 * followed through a log.
 *
 * <pre>{@code
 * record Guest(String name, int bags) {}
 * StateRows<Map<String, Guest>> guests = StateRows.ofMap(Function.identity(), Guest.class);
 *
 * StateRows<Map<String, String>> plan = StateRows.of(Map::keySet, (seats, seat) -> Map.of("guest", seats.get(seat)));
 * }</pre>
 *
 * <p>A state that Jackson can write needs none of this: see {@code JacksonRows}.
 *
 * <p>Values are compared with {@code equals}, and numbers by what they are worth: 1 and 1.0 are the same, also inside of lists and maps.
 * A field that a row lacks counts as null.
 *
 * <p>Expected to be immutable and thread-safe.
 *
 * @param <S> the state
 */
public interface StateRows<S> {

    /** The keys of all rows. */
    Set<String> keys(S state);

    /**
     * One row; empty where the state has none of that key. It is asked for after every event that is looked at, so it should look the row
     * up, not search for it. The map must not change later.
     */
    Optional<Map<String, @Nullable Object>> row(S state, String key);

    /**
     * Rows by functions.
     *
     * @param keys the keys of all rows
     * @param row the fields of the row of a key that {@code keys} gave
     */
    static <S> StateRows<S> of(
            Function<? super S, ? extends Set<String>> keys,
            BiFunction<? super S, String, ? extends Map<String, @Nullable Object>> row) {
        return new ComputedRows<>(keys, row);
    }

    /**
     * The entries of a map of records as rows, with a field for each component.
     *
     * @throws IllegalArgumentException where the record's module does not let its components be read; names the line to add
     */
    static <S, V extends Record> StateRows<S> ofMap(
            Function<? super S, ? extends Map<String, V>> map, Class<V> recordClass) {
        return new RecordRows<>(map, RecordFields.of(recordClass));
    }

    /** These rows and others of the same state. Where both have a key, these count. */
    default StateRows<S> and(StateRows<S> others) {
        return new JoinedRows<>(this, others);
    }

    /** The same rows with {@code prefix} before each key, such as {@code agent:}. */
    default StateRows<S> prefixed(String prefix) {
        return new PrefixedRows<>(this, prefix);
    }

    /** What became of the rows of one state in another, in the order of the keys. */
    default List<RowChange> changes(S before, S after) {
        return RowComparison.of(this, before, after).changes();
    }
}
