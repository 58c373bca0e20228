package dev.recount.decider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values by class: an exact match first, else the first registered class that the object is an instance of. */
record ClassTable<V>(Map<Class<?>, V> values) {

    static <V> ClassTable<V> empty() {
        return new ClassTable<>(Map.of());
    }

    ClassTable<V> with(Class<?> key, V value) {
        Map<Class<?>, V> copy = new LinkedHashMap<>(values);
        if (copy.putIfAbsent(key, value) != null) {
            throw new IllegalArgumentException(key.getName() + " is registered already; register each class once.");
        }
        return new ClassTable<>(copy);
    }

    @Nullable
    V find(Object object) {
        V exact = values.get(object.getClass());
        return exact != null ? exact : findByInstance(object);
    }

    List<String> classNames() {
        return values.keySet().stream().map(Class::getName).toList();
    }

    private @Nullable V findByInstance(Object object) {
        for (Map.Entry<Class<?>, V> entry : values.entrySet()) {
            if (entry.getKey().isInstance(object)) {
                return entry.getValue();
            }
        }
        return null;
    }
}
