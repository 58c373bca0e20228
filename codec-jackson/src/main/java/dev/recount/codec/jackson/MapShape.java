package dev.recount.codec.jackson;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A map: a row for each entry. Keys are texts; others go by their name or by what they say of themselves. */
record MapShape(RowWriter writer) implements StateShape {

    @Override
    public Set<String> keys(Object state) {
        Set<String> keys = new LinkedHashSet<>();
        ((Map<?, ?>) state).keySet().forEach(key -> keys.add(text(key)));
        return keys;
    }

    @Override
    public Optional<Map<String, @Nullable Object>> row(Object state, String key) {
        Map<?, ?> map = (Map<?, ?>) state;
        return find(map, key).map(found -> new JacksonRow(writer, map.get(found)));
    }

    private static Optional<Object> find(Map<?, ?> map, String key) {
        if (map.isEmpty() || map.keySet().iterator().next() instanceof String) {
            return map.containsKey(key) ? Optional.of(key) : Optional.empty();
        }
        return map.keySet().stream()
                .filter(each -> text(each).equals(key))
                .findFirst()
                .map(Object.class::cast);
    }

    private static String text(@Nullable Object key) {
        return key instanceof Enum<?> constant ? constant.name() : String.valueOf(key);
    }
}
