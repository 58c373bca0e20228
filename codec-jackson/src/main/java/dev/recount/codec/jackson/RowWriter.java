package dev.recount.codec.jackson;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializer;
import com.fasterxml.jackson.databind.ser.PropertyWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values as rows, and tells of which properties a class is made. Thread-safe. */
final class RowWriter {

    private static final String VALUE = "value";

    private final ObjectMapper mapper;

    RowWriter(ObjectMapper mapper) {
        this.mapper = mapper.copy().registerModule(new SetsInOrder());
    }

    /** The fields of an object; else the value as the only field. */
    Map<String, @Nullable Object> fields(@Nullable Object value) {
        Object plain = plain(value);
        if (!(plain instanceof Map<?, ?> object)) {
            return Collections.singletonMap(VALUE, plain);
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        object.forEach((name, field) -> fields.put((String) name, field));
        return Collections.unmodifiableMap(fields);
    }

    /** A value as texts, numbers, booleans, lists and maps. */
    @Nullable
    Object plain(@Nullable Object value) {
        try {
            return value == null ? null : mapper.convertValue(value, Object.class);
        } catch (IllegalArgumentException e) {
            throw unwritable(value.getClass(), e);
        }
    }

    /** The properties of a class that Jackson writes as an object, property by property; none of any other class. */
    List<BeanPropertyWriter> properties(Class<?> type) {
        List<BeanPropertyWriter> properties = new ArrayList<>();
        JsonSerializer<Object> serializer = serializer(type);
        if (serializer instanceof BeanSerializer) {
            Iterator<PropertyWriter> each = serializer.properties();
            while (each.hasNext()) {
                if (!(each.next() instanceof BeanPropertyWriter property) || property.isUnwrapping()) {
                    return List.of();
                }
                properties.add(property);
            }
        }
        return properties;
    }

    private JsonSerializer<Object> serializer(Class<?> type) {
        try {
            return mapper.getSerializerProviderInstance().findValueSerializer(type);
        } catch (JsonMappingException | IllegalArgumentException e) {
            throw unwritable(type, e);
        }
    }

    private static IllegalArgumentException unwritable(Class<?> type, Exception cause) {
        return new IllegalArgumentException(
                type.getName() + " cannot be written as rows: " + JsonProblem.reason(cause)
                        + ". Let Jackson write it, or give its rows by functions.",
                cause);
    }
}
