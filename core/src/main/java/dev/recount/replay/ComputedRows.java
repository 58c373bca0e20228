package dev.recount.replay;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows by the functions of a user. */
record ComputedRows<S>(
        Function<? super S, ? extends Set<String>> keysOf,
        BiFunction<? super S, String, ? extends Map<String, @Nullable Object>> rowOf)
        implements StateRows<S> {

    @Override
    public Set<String> keys(S state) {
        return Collections.unmodifiableSet(keysOf.apply(state));
    }

    @Override
    public Optional<Map<String, @Nullable Object>> row(S state, String key) {
        return keysOf.apply(state).contains(key) ? Optional.of(rowOf.apply(state, key)) : Optional.empty();
    }
}
