package dev.recount.replay;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows under longer keys. */
record PrefixedRows<S>(StateRows<S> rows, String prefix) implements StateRows<S> {

    @Override
    public Set<String> keys(S state) {
        return rows.keys(state).stream().map(prefix::concat).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<Map<String, @Nullable Object>> row(S state, String key) {
        return key.startsWith(prefix) ? rows.row(state, key.substring(prefix.length())) : Optional.empty();
    }
}
