package dev.recount.codec.jackson;

import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.AnnotationMap;
import dev.recount.event.OccurredAt;
import dev.recount.event.Tag;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the annotated components of a record say: its tags, and when it happened. */
final class AnnotatedComponents {

    // Types whose text is stable and means the value.
    private static final Set<Class<?>> WITH_TEXT = Set.of(
            boolean.class,
            Boolean.class,
            Character.class,
            OptionalInt.class,
            OptionalLong.class,
            URI.class,
            UUID.class);

    private AnnotatedComponents() {}

    /** The mapping, with what the record's components say where the mapping does not say it itself. */
    static <T> EventMapping<T> addTo(EventMapping<T> mapping) {
        EventMapping<T> complete = mapping;
        for (RecordComponent component : components(mapping.eventClass())) {
            Tag tag = component.getAnnotation(Tag.class);
            if (tag != null) {
                requireText(component);
                complete = complete.withTag(tag.value(), reader(component));
            }
        }
        Function<Object, @Nullable Instant> time = occurredAt(mapping.eventClass());
        return mapping.occurredAt() == null && time != null ? complete.withOccurredAt(time) : complete;
    }

    private static RecordComponent[] components(Class<?> eventClass) {
        RecordComponent[] components = eventClass.getRecordComponents();
        return components == null ? new RecordComponent[0] : components;
    }

    private static @Nullable Function<Object, @Nullable Instant> occurredAt(Class<?> eventClass) {
        List<RecordComponent> times = Arrays.stream(components(eventClass))
                .filter(component -> component.isAnnotationPresent(OccurredAt.class))
                .toList();
        if (times.isEmpty()) {
            return null;
        }
        if (times.size() > 1) {
            throw new IllegalArgumentException(
                    eventClass.getName() + " has " + times.size() + " components with @OccurredAt, "
                            + times.stream().map(RecordComponent::getName).toList() + ". Keep one.");
        }
        if (times.get(0).getType() != Instant.class) {
            throw new IllegalArgumentException(nameOf(times.get(0)) + " has @OccurredAt and is of "
                    + times.get(0).getType() + ". Make it an Instant.");
        }
        Function<Object, @Nullable Object> reader = reader(times.get(0));
        return event -> (Instant) reader.apply(event);
    }

    private static void requireText(RecordComponent component) {
        if (!hasText(component.getGenericType())) {
            throw new IllegalArgumentException(
                    nameOf(component) + " has @Tag and is of "
                            + component.getGenericType().getTypeName()
                            + ", which has no stable text. Use a text, a number, an enum, "
                            + "an id, a time, or an optional or collection of these; or give the tag by withTag(key, function).");
        }
    }

    private static boolean hasText(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            return (Collection.class.isAssignableFrom(raw) || raw == Optional.class)
                    && hasText(generic.getActualTypeArguments()[0]);
        }
        if (type instanceof WildcardType wildcard) {
            return hasText(wildcard.getUpperBounds()[0]);
        }
        return type instanceof Class<?> plain && hasText(plain);
    }

    private static boolean hasText(Class<?> type) {
        return WITH_TEXT.contains(type)
                || type.isPrimitive()
                || type.isEnum()
                || CharSequence.class.isAssignableFrom(type)
                || Number.class.isAssignableFrom(type)
                || Temporal.class.isAssignableFrom(type);
    }

    // Jackson calls the accessor, so that a module has to be opened to Jackson alone.
    private static Function<Object, @Nullable Object> reader(RecordComponent component) {
        AnnotationMap none = new AnnotationMap();
        AnnotatedMethod accessor = new AnnotatedMethod(null, component.getAccessor(), none, new AnnotationMap[0]);
        accessor.fixAccess(false);
        return accessor::getValue;
    }

    private static String nameOf(RecordComponent component) {
        return component.getDeclaringRecord().getName() + "." + component.getName();
    }
}
