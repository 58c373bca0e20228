package dev.recount.examples.town.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of rows. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Json() {}

    /** The object of a line. */
    static JsonNode object(String line) {
        JsonNode node = objectOrNull(line);
        if (node == null) {
            throw new Unresolvable("the line is not a JSON object");
        }
        return node;
    }

    /** The object of a text; null where it is something else. */
    static @Nullable JsonNode objectOrNull(String text) {
        if (!text.startsWith("{")) {
            return null;
        }
        try {
            JsonNode node = MAPPER.readTree(text);
            return node.isObject() ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** The same text for the same content, in whatever order its fields stand. */
    static String canonical(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(MAPPER.convertValue(node, Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was read as JSON can be written as JSON", e);
        }
    }

    /** A field as text: empty where it is missing, null or empty; other values as their JSON. */
    static String text(JsonNode node, String field) {
        return text(node.path(field));
    }

    static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }

    /** A field that must be there. */
    static String required(JsonNode node, String field) {
        String text = text(node, field);
        if (text.isBlank()) {
            throw new Unresolvable(field + " is missing");
        }
        return text;
    }

    /** A time with any offset, as UTC. */
    static Instant time(JsonNode node, String field) {
        String text = required(node, field);
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new Unresolvable(field + " '" + text + "' is not an ISO-8601 time with an offset");
        }
    }

    /** The same; null where it is missing or unreadable. */
    static @Nullable Instant timeOrNull(JsonNode node, String field) {
        try {
            return time(node, field);
        } catch (Unresolvable e) {
            return null;
        }
    }
}
