package dev.recount.replay;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the components of a record by name. Immutable. */
final class RecordFields<V extends Record> {

    private final Map<String, Method> accessors;

    private RecordFields(Map<String, Method> accessors) {
        this.accessors = accessors;
    }

    static <V extends Record> RecordFields<V> of(Class<V> recordClass) {
        Map<String, Method> accessors = new LinkedHashMap<>();
        for (RecordComponent component : recordClass.getRecordComponents()) {
            Method accessor = component.getAccessor();
            if (!isReachable(recordClass) && !accessor.trySetAccessible()) {
                throw closed(recordClass);
            }
            accessors.put(component.getName(), accessor);
        }
        return new RecordFields<>(accessors);
    }

    Map<String, @Nullable Object> read(V source) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        accessors.forEach((name, accessor) -> values.put(name, invoke(accessor, source)));
        return Collections.unmodifiableMap(values);
    }

    // What everybody may call needs no force, and so no module has to be opened for it.
    private static boolean isReachable(Class<?> type) {
        boolean reachable = type.getModule().isExported(type.getPackageName(), RecordFields.class.getModule());
        for (Class<?> at = type; at != null; at = at.getDeclaringClass()) {
            reachable &= Modifier.isPublic(at.getModifiers());
        }
        return reachable;
    }

    private static @Nullable Object invoke(Method accessor, Record source) {
        try {
            return accessor.invoke(source);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    accessor + " failed: " + e.getCause() + ". An accessor must give what its record holds.",
                    e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(accessor + " was reachable before, and no longer is.", e);
        }
    }

    private static IllegalArgumentException closed(Class<?> type) {
        String reader = RecordFields.class.getModule().getName();
        return new IllegalArgumentException("Module " + type.getModule().getName() + " does not let the components of "
                + type.getName() + " be read. Add to its module-info: opens " + type.getPackageName()
                + (reader == null ? "" : " to " + reader) + "; or give the fields by a function.");
    }
}
