package dev.recount.codec.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializer;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.introspect.AnnotatedWithParams;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out which types can be read without Jackson, and how: those of which nothing says how Jackson is to read them. */
final class PlainValues {

    private static final Map<Class<?>, PlainValue> SIMPLE = Map.ofEntries(
            Map.entry(String.class, PlainJson::text),
            Map.entry(Instant.class, PlainJson::time),
            Map.entry(int.class, PlainValues::integer),
            Map.entry(Integer.class, PlainValues::integer),
            Map.entry(long.class, PlainValues::number),
            Map.entry(Long.class, PlainValues::number),
            Map.entry(double.class, PlainJson::fraction),
            Map.entry(Double.class, PlainJson::fraction),
            Map.entry(boolean.class, PlainValues::truth),
            Map.entry(Boolean.class, PlainValues::truth));

    private static final byte[] TRUE = "true".getBytes(UTF_8);
    private static final byte[] FALSE = "false".getBytes(UTF_8);

    private final Deserializers deserializers;
    // A record that holds its own kind would have no end.
    private final Set<Class<?>> outer = new HashSet<>();

    PlainValues(Deserializers deserializers) {
        this.deserializers = deserializers;
    }

    /** How values of a class are read; null where Jackson has to. */
    @Nullable
    PlainValue of(Type type) {
        if (type instanceof ParameterizedType generic) {
            PlainValue element = of(generic.getActualTypeArguments()[0]);
            return element == null ? null : ofGeneric(generic.getRawType(), element);
        }
        if (!(type instanceof Class<?> plain)) {
            return null;
        }
        if (plain.isRecord()) {
            return ofRecord(plain);
        }
        return plain.isEnum() ? ofEnum(plain) : SIMPLE.get(plain);
    }

    private static @Nullable PlainValue ofGeneric(Type raw, PlainValue element) {
        if (raw == Optional.class) {
            return json -> {
                Object value = element.read(json);
                return value == null ? null : Optional.of(value);
            };
        }
        return raw == List.class ? json -> list(json, element) : null;
    }

    private static @Nullable Object list(PlainJson json, PlainValue element) {
        if (!json.skip('[')) {
            return null;
        }
        List<Object> list = new ArrayList<>();
        boolean ended = json.skip(']');
        while (!ended) {
            Object value = element.read(json);
            if (value == null) {
                return null;
            }
            list.add(value);
            ended = json.skip(']');
            if (!ended && !json.skip(',')) {
                return null;
            }
        }
        return list;
    }

    private @Nullable PlainValue ofRecord(Class<?> type) {
        if (isOfJackson(type) || type.getTypeParameters().length > 0 || !outer.add(type)) {
            return null;
        }
        try {
            RecordComponent[] components = type.getRecordComponents();
            PlainValue[] values = new PlainValue[components.length];
            for (int i = 0; i < components.length; i++) {
                PlainValue value = of(components[i].getGenericType());
                if (value == null) {
                    return null;
                }
                values[i] = value;
            }
            AnnotatedWithParams constructor = constructor(type, components);
            return constructor == null ? null : new PlainRecord(constructor, components, values);
        } finally {
            outer.remove(type);
        }
    }

    // The one that Jackson takes, where it takes the components in their order and under their names.
    private @Nullable AnnotatedWithParams constructor(Class<?> type, RecordComponent[] components) {
        ObjectMapper mapper = deserializers.mapper();
        JsonDeserializer<Object> deserializer = deserializers.of(mapper.constructType(type));
        if (deserializer.getClass() != BeanDeserializer.class) {
            return null;
        }
        ValueInstantiator instantiator = ((BeanDeserializer) deserializer).getValueInstantiator();
        SettableBeanProperty @Nullable [] taken =
                instantiator.getFromObjectArguments(mapper.getDeserializationConfig());
        boolean same = taken != null
                && Arrays.equals(
                        Arrays.stream(taken).map(SettableBeanProperty::getName).toArray(),
                        Arrays.stream(components).map(RecordComponent::getName).toArray());
        return same ? instantiator.getWithArgsCreator() : null;
    }

    private static @Nullable PlainValue ofEnum(Class<?> type) {
        if (isOfJackson(type)) {
            return null;
        }
        Map<String, Object> constants = new HashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), constant);
        }
        return json -> {
            String name = json.text();
            return name == null ? null : constants.get(name);
        };
    }

    private static @Nullable Object integer(PlainJson json) {
        long number = json.number();
        return number == (int) number ? Integer.valueOf((int) number) : null;
    }

    private static @Nullable Object number(PlainJson json) {
        long number = json.number();
        return number == PlainJson.NONE ? null : Long.valueOf(number);
    }

    private static @Nullable Object truth(PlainJson json) {
        boolean isTrue = json.skip(TRUE, 0);
        return isTrue || json.skip(FALSE, 0) ? (Object) isTrue : null;
    }

    // Whether Jackson is told anything about it, by itself or by what it implements.
    private static boolean isOfJackson(Class<?> type) {
        return Stream.concat(Stream.of(type), members(type)).anyMatch(PlainValues::hasAnnotations)
                || Arrays.stream(type.getInterfaces()).anyMatch(PlainValues::isOfJackson);
    }

    private static Stream<AnnotatedElement> members(Class<?> type) {
        Stream<Executable> executables =
                Stream.concat(Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredConstructors()));
        return Stream.concat(
                Arrays.stream(type.getDeclaredFields()),
                executables.flatMap(one -> Stream.concat(Stream.of(one), Arrays.stream(one.getParameters()))));
    }

    private static boolean hasAnnotations(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(type -> ComponentTypes.isOfJackson(type)
                        || Arrays.stream(type.getAnnotations())
                                .anyMatch(above -> ComponentTypes.isOfJackson(above.annotationType())));
    }
}
