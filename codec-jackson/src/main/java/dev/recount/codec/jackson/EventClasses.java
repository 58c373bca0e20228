package dev.recount.codec.jackson;

import dev.recount.event.EventType;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the classes of a sealed family of events, and how each is stored. */
final class EventClasses<E> {

    private final Class<E> family;
    private final Map<Class<?>, EventMapping<? extends E>> mappings = new LinkedHashMap<>();

    private EventClasses(Class<E> family) {
        this.family = family;
    }

    /** One mapping for each class: the given ones, and for all others what their annotations say. */
    static <E> List<EventMapping<? extends E>> mappings(Class<E> family, List<EventMapping<? extends E>> given) {
        EventClasses<E> classes = new EventClasses<>(family);
        given.forEach(classes::addGiven);
        classes.addAnnotated(family);
        return new ArrayList<>(classes.mappings.values());
    }

    private void addGiven(EventMapping<? extends E> mapping) {
        Class<?> eventClass = mapping.eventClass();
        if (!Modifier.isFinal(eventClass.getModifiers()) && !eventClass.isEnum()) {
            throw new IllegalArgumentException(eventClass.getName() + " has or may have subclasses, whose fields would "
                    + "be lost. Register records, enums or final classes.");
        }
        if (mappings.putIfAbsent(eventClass, mapping) != null) {
            throw new IllegalArgumentException(
                    eventClass.getName() + " is registered twice. Register each class once, and old names as aliases.");
        }
    }

    private void addAnnotated(Class<? extends E> eventClass) {
        if (mappings.containsKey(eventClass)) {
            return;
        }
        if (eventClass.isRecord() || eventClass.isEnum()) {
            mappings.put(eventClass, annotated(eventClass));
        } else if (eventClass.isSealed()) {
            addPermitted(eventClass);
        } else {
            requireGiven(eventClass);
        }
    }

    private void addPermitted(Class<? extends E> sealed) {
        if (!Modifier.isAbstract(sealed.getModifiers())) {
            throw new IllegalArgumentException(sealed.getName()
                    + " is an event class with subclasses, whose fields would be lost. Make it abstract.");
        }
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            addAnnotated(permitted.asSubclass(family));
        }
    }

    private static <T> EventMapping<T> annotated(Class<T> eventClass) {
        EventType annotation = eventClass.getAnnotation(EventType.class);
        if (annotation == null) {
            throw new IllegalArgumentException(eventClass.getName() + " has no type name. Annotate it with "
                    + "@EventType(\"...\"), or register it with type(\"...\", " + eventClass.getSimpleName()
                    + ".class).");
        }
        return EventMapping.annotated(annotation, eventClass);
    }

    // An open class cannot list its subclasses, so those that are registered must do.
    private void requireGiven(Class<?> open) {
        if (mappings.keySet().stream().noneMatch(open::isAssignableFrom)) {
            throw new IllegalArgumentException(
                    open.getName() + " is neither sealed nor a record or an enum, so its events "
                            + "cannot be found. Seal it, or register its classes with type(\"...\", TheClass.class).");
        }
    }
}
