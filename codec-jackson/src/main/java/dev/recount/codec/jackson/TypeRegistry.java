package dev.recount.codec.jackson;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.recount.codec.UndecodableEvent;
import dev.recount.event.StoredEvent;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The event classes of a codec, by class and by every name. Immutable. */
final class TypeRegistry<E> {

    private final Map<Class<?>, TypeBinding<? extends E>> byClass;
    private final Map<String, TypeBinding<? extends E>> byName;

    private final Deserializers deserializers;

    private TypeRegistry(
            Map<Class<?>, TypeBinding<? extends E>> byClass,
            Map<String, TypeBinding<? extends E>> byName,
            Deserializers deserializers) {
        this.deserializers = deserializers;
        this.byClass = Map.copyOf(byClass);
        this.byName = Map.copyOf(byName);
    }

    static <E> TypeRegistry<E> of(List<EventMapping<? extends E>> mappings) {
        ObjectMapper mapper = StrictMapper.create();
        Deserializers deserializers = new Deserializers(mapper, false);
        ComponentTypes components = new ComponentTypes(mapper);
        Map<Class<?>, TypeBinding<? extends E>> byClass = new HashMap<>();
        Map<String, TypeBinding<? extends E>> byName = new HashMap<>();
        for (EventMapping<? extends E> mapping : mappings) {
            components.require(mapping.eventClass());
            TypeBinding<? extends E> binding = TypeBinding.of(AnnotatedComponents.addTo(mapping), deserializers);
            byClass.put(mapping.eventClass(), binding);
            mapping.names().forEach(name -> addName(byName, name, binding));
        }
        return new TypeRegistry<>(byClass, byName, new Deserializers(mapper, !components.saysMore()));
    }

    private static <E> void addName(
            Map<String, TypeBinding<? extends E>> byName, String name, TypeBinding<? extends E> binding) {
        TypeBinding<? extends E> other = byName.putIfAbsent(name, binding);
        if (other != null) {
            throw new IllegalArgumentException("The type name " + name + " is given to "
                    + other.eventClass().getName() + " and to "
                    + binding.eventClass().getName() + ". Give each class names of its own.");
        }
    }

    TypeBinding<? extends E> bindingOf(E event) {
        // A constant with a body of its own has a class of its own.
        Class<?> eventClass = event instanceof Enum<?> constant ? constant.getDeclaringClass() : event.getClass();
        TypeBinding<? extends E> binding = byClass.get(eventClass);
        if (binding == null) {
            throw unknown(eventClass);
        }
        return binding;
    }

    TypeBinding<? extends E> binding(StoredEvent stored, String type) {
        TypeBinding<? extends E> binding = byName.get(type);
        if (binding == null) {
            throw UndecodableEvent.unknownType(stored);
        }
        return binding;
    }

    /** What the bindings read with. */
    Deserializers deserializers() {
        return deserializers;
    }

    @Nullable
    TypeBinding<? extends E> find(String type) {
        return byName.get(type);
    }

    /** The name that new events of that type are stored under; the name itself where it has no class. */
    String currentName(String type) {
        TypeBinding<? extends E> binding = byName.get(type);
        return binding == null ? type : binding.type();
    }

    Set<String> types(Class<? extends E> eventClass) {
        Set<String> types = new LinkedHashSet<>();
        byName.forEach((name, binding) -> {
            if (eventClass.isAssignableFrom(binding.eventClass())) {
                types.add(name);
            }
        });
        if (types.isEmpty()) {
            throw unknown(eventClass);
        }
        return types;
    }

    private IllegalArgumentException unknown(Class<?> eventClass) {
        return new IllegalArgumentException("No event type is registered for " + eventClass.getName()
                + ". Register it with type(\"...\", " + eventClass.getSimpleName() + ".class).");
    }
}
