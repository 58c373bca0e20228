package dev.recount.replay;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The entries of a map of records. */
record RecordRows<S, V extends Record>(Function<? super S, ? extends Map<String, V>> map, RecordFields<V> fields)
        implements StateRows<S> {

    @Override
    public Set<String> keys(S state) {
        return Collections.unmodifiableSet(map.apply(state).keySet());
    }

    @Override
    public Optional<Map<String, @Nullable Object>> row(S state, String key) {
        return Optional.ofNullable(map.apply(state).get(key)).map(found -> new RecordRow<>(fields, found));
    }
}
