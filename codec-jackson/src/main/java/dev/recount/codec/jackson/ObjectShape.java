package dev.recount.codec.jackson;

import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object: the entries of its maps, each under the name of the map, and one row of all that is no map. */
record ObjectShape(
        Map<String, BeanPropertyWriter> maps, Map<String, BeanPropertyWriter> fields, RowWriter writer, LastMaps last)
        implements StateShape {

    private static final String BETWEEN = ":";

    static ObjectShape of(Class<?> type, RowWriter writer) {
        Map<String, BeanPropertyWriter> maps = new LinkedHashMap<>();
        Map<String, BeanPropertyWriter> fields = new LinkedHashMap<>();
        for (BeanPropertyWriter property : writer.properties(type)) {
            (property.getType().isMapLikeType() ? maps : fields).put(property.getName(), property);
        }
        return new ObjectShape(maps, fields, writer, new LastMaps());
    }

    /** Whether it has no properties to make rows of. */
    boolean isEmpty() {
        return maps.isEmpty() && fields.isEmpty();
    }

    @Override
    public Set<String> keys(Object state) {
        Set<String> keys = new LinkedHashSet<>();
        if (!fields.isEmpty()) {
            keys.add(STATE);
        }
        for (Map.Entry<String, BeanPropertyWriter> map : maps.entrySet()) {
            entries().keys(entriesOf(map, state)).forEach(key -> keys.add(map.getKey() + BETWEEN + key));
        }
        return keys;
    }

    @Override
    public Optional<Map<String, @Nullable Object>> row(Object state, String key) {
        if (key.equals(STATE) && !fields.isEmpty()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            fields.forEach((name, field) -> row.put(name, writer.plain(value(field, state))));
            return Optional.of(row);
        }
        for (Map.Entry<String, BeanPropertyWriter> map : maps.entrySet()) {
            String name = map.getKey();
            if (key.startsWith(name) && key.startsWith(BETWEEN, name.length())) {
                return entries().row(entriesOf(map, state), key.substring(name.length() + BETWEEN.length()));
            }
        }
        return Optional.empty();
    }

    private MapShape entries() {
        return new MapShape(writer);
    }

    private Map<?, ?> entriesOf(Map.Entry<String, BeanPropertyWriter> map, Object state) {
        return last.of(
                state,
                map.getKey(),
                () -> value(map.getValue(), state) instanceof Map<?, ?> entries ? entries : Map.of());
    }

    private static @Nullable Object value(BeanPropertyWriter property, Object state) {
        try {
            return property.get(state);
        } catch (Exception e) {
            throw new IllegalArgumentException(
                    property.getFullName() + " of " + state.getClass().getName() + " cannot be read: " + e
                            + ". Make it public, or open its package to com.fasterxml.jackson.databind.",
                    e);
        }
    }
}
