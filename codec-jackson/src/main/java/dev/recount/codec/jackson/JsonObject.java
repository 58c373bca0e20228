package dev.recount.codec.jackson;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object for upcasters to look at and to change.
 *
 * <p>A value is a {@link String}, a {@link BigDecimal} with every digit as stored, a {@link Boolean}, a {@code JsonObject}, a
 * {@link List} of values, or null. Fields keep their order.
 *
 * <pre>{@code
 * JsonObject seat = JsonObject.parse("{\"chair\":\"A1\",\"price\":1.10}");
 * JsonObject today = seat.renamed("chair", "seat").with("guest", "Ann").without("price"); // {"seat":"A1","guest":"Ann"}
 * Optional<BigDecimal> price = seat.number("price");                                      // Optional[1.10]
 * }</pre>
 *
 * <p>Immutable.
 */
public final class JsonObject {

    private static final JsonObject EMPTY = new JsonObject(Map.of());

    private final Map<String, @Nullable Object> fields;

    JsonObject(Map<String, @Nullable Object> fields) {
        this.fields = Collections.unmodifiableMap(fields);
    }

    /** An object without fields. */
    public static JsonObject empty() {
        return EMPTY;
    }

    /**
     * The object that a JSON text holds.
     *
     * @throws IllegalArgumentException where the text is not one JSON object, or has a field twice
     */
    public static JsonObject parse(String json) {
        return JsonText.read(json);
    }

    /** The names of its fields, in order. */
    public Set<String> names() {
        return fields.keySet();
    }

    /** Whether it has a field of that name, be it null. */
    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** The value of a field, of whatever type; empty where it is missing or null. */
    public Optional<Object> get(String name) {
        return Optional.ofNullable(JsonValues.shown(fields.get(name)));
    }

    /**
     * The text in a field; empty where it is missing or null.
     *
     * @throws IllegalArgumentException where it is not a text
     */
    public Optional<String> text(String name) {
        return get(name, String.class);
    }

    /**
     * The number in a field; empty where it is missing or null.
     *
     * @throws IllegalArgumentException where it is not a number
     */
    public Optional<BigDecimal> number(String name) {
        return get(name, BigDecimal.class);
    }

    /**
     * The truth in a field; empty where it is missing or null.
     *
     * @throws IllegalArgumentException where it is neither true nor false
     */
    public Optional<Boolean> truth(String name) {
        return get(name, Boolean.class);
    }

    /**
     * The object in a field; empty where it is missing or null.
     *
     * @throws IllegalArgumentException where it is not an object
     */
    public Optional<JsonObject> object(String name) {
        return get(name, JsonObject.class);
    }

    /**
     * The values of the list in a field; none where it is missing or null. A list may hold nulls.
     *
     * @throws IllegalArgumentException where it is not a list
     */
    public List<@Nullable Object> list(String name) {
        List<?> found = get(name, List.class).orElse(List.of());
        return Collections.unmodifiableList(found);
    }

    /**
     * With this value in a field, at the end where the field is new.
     *
     * @param value a text, a number, a boolean, an object, a collection of these, or null
     * @throws IllegalArgumentException where JSON has no such value
     */
    public JsonObject with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(fields);
        copy.put(name, JsonValues.kept(value));
        return new JsonObject(copy);
    }

    /** With the object in a field changed; the same where there is no such field, or it is null. */
    public JsonObject withObject(String name, UnaryOperator<JsonObject> change) {
        return object(name).map(object -> with(name, change.apply(object))).orElse(this);
    }

    /** Without a field; the same where there is none of that name. */
    public JsonObject without(String name) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(fields);
        copy.remove(name);
        return new JsonObject(copy);
    }

    /**
     * With another name for a field, in its place; the same where there is no field {@code from}.
     *
     * @throws IllegalArgumentException where a field {@code to} is there already
     */
    public JsonObject renamed(String from, String to) {
        if (!has(from) || from.equals(to)) {
            return this;
        }
        if (has(to)) {
            throw new IllegalArgumentException(
                    "Field " + from + " cannot become " + to + ", which is there already. Remove one of them first.");
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        fields.forEach((name, value) -> copy.put(name.equals(from) ? to : name, value));
        return new JsonObject(copy);
    }

    Map<String, @Nullable Object> fields() {
        return fields;
    }

    private <V> Optional<V> get(String name, Class<V> type) {
        Object value = JsonValues.shown(fields.get(name));
        if (value != null && !type.isInstance(value)) {
            throw new IllegalArgumentException("Field " + name + " holds no " + type.getSimpleName() + " but a "
                    + value.getClass().getSimpleName() + ". Look at it with get.");
        }
        return Optional.ofNullable(value).map(type::cast);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** The object as one line of JSON. */
    @Override
    public String toString() {
        return JsonText.write(this);
    }
}
