package dev.recount.codec.jackson;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the states of one class are cut into rows. Thread-safe. */
interface StateShape {

    /** The key of the row that is not an entry of a map. */
    String STATE = "state";

    Set<String> keys(Object state);

    Optional<Map<String, @Nullable Object>> row(Object state, String key);

    static StateShape of(Class<?> type, RowWriter writer) {
        if (Map.class.isAssignableFrom(type)) {
            return new MapShape(writer);
        }
        ObjectShape object = ObjectShape.of(type, writer);
        return object.isEmpty() ? new SingleShape(writer) : object;
    }

    /** A state that is one row. */
    record SingleShape(RowWriter writer) implements StateShape {

        @Override
        public Set<String> keys(Object state) {
            return Set.of(STATE);
        }

        @Override
        public Optional<Map<String, @Nullable Object>> row(Object state, String key) {
            return key.equals(STATE) ? Optional.of(new JacksonRow(writer, state)) : Optional.empty();
        }
    }
}
