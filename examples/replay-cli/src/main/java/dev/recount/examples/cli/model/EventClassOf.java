package dev.recount.examples.cli.model;

import dev.recount.decider.Projector;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the events of a projector's class: what it fills in for the {@code E} of {@link Projector}. */
final class EventClassOf {

    private EventClassOf() {}

    /** The class of its events; empty where the class leaves them open. */
    static Optional<Class<?>> projector(Class<?> projector) {
        return find(projector, Map.of());
    }

    private static Optional<Class<?>> find(Type type, Map<TypeVariable<?>, Type> bound) {
        Class<?> raw = rawClass(type);
        Map<TypeVariable<?>, Type> known = bind(type, bound);
        if (raw == Projector.class) {
            Type events = known.getOrDefault(Projector.class.getTypeParameters()[1], Object.class);
            Class<?> found = rawClass(events);
            return found == Object.class ? Optional.empty() : Optional.of(found);
        }
        for (Type parent : raw.getGenericInterfaces()) {
            if (Projector.class.isAssignableFrom(rawClass(parent))) {
                return find(parent, known);
            }
        }
        Type parent = raw.getGenericSuperclass();
        return parent == null ? Optional.empty() : find(parent, known);
    }

    private static Map<TypeVariable<?>, Type> bind(Type type, Map<TypeVariable<?>, Type> bound) {
        Map<TypeVariable<?>, Type> own = new HashMap<>();
        if (type instanceof ParameterizedType parameterized) {
            TypeVariable<?>[] names = rawClass(type).getTypeParameters();
            for (int i = 0; i < names.length; i++) {
                Type argument = parameterized.getActualTypeArguments()[i];
                own.put(
                        names[i],
                        argument instanceof TypeVariable<?> name ? bound.getOrDefault(name, Object.class) : argument);
            }
        }
        return own;
    }

    private static Class<?> rawClass(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        return type instanceof ParameterizedType parameterized ? rawClass(parameterized.getRawType()) : Object.class;
    }
}
