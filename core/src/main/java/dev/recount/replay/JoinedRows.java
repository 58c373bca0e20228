package dev.recount.replay;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of two tables. */
record JoinedRows<S>(StateRows<S> first, StateRows<S> second) implements StateRows<S> {

    @Override
    public Set<String> keys(S state) {
        Set<String> keys = new LinkedHashSet<>(first.keys(state));
        keys.addAll(second.keys(state));
        return Collections.unmodifiableSet(keys);
    }

    @Override
    public Optional<Map<String, @Nullable Object>> row(S state, String key) {
        Optional<Map<String, @Nullable Object>> row = first.row(state, key);
        return row.isPresent() ? row : second.row(state, key);
    }
}
