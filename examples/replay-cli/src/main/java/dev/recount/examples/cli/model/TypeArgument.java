package dev.recount.examples.cli.model;

import dev.recount.decider.Decider;
import dev.recount.decider.Projector;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds what a class fills in for the {@code E} of {@link Projector}, or for the {@code C} of {@link Decider}. */
final class TypeArgument {

    private final Class<?> declaring;
    private final int index;

    private TypeArgument(Class<?> declaring, int index) {
        this.declaring = declaring;
        this.index = index;
    }

    /** The class of a projector's events; empty where it leaves them open. */
    static Optional<Class<?>> eventsOf(Projector<?, ?> projector) {
        return new TypeArgument(Projector.class, 1).find(projector.getClass(), Map.of());
    }

    /** The class of a decider's commands; empty where it leaves them open. */
    static Optional<Class<?>> commandsOf(Decider<?, ?, ?> decider) {
        return new TypeArgument(Decider.class, 0).find(decider.getClass(), Map.of());
    }

    private Optional<Class<?>> find(Type type, Map<TypeVariable<?>, Type> bound) {
        Class<?> raw = rawClass(type);
        Map<TypeVariable<?>, Type> known = bind(type, bound);
        if (raw == declaring) {
            Type argument = known.getOrDefault(declaring.getTypeParameters()[index], Object.class);
            Class<?> found = rawClass(argument);
            return found == Object.class ? Optional.empty() : Optional.of(found);
        }
        for (Type parent : raw.getGenericInterfaces()) {
            if (declaring.isAssignableFrom(rawClass(parent))) {
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
