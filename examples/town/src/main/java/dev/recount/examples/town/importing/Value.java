package dev.recount.examples.town.importing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.examples.town.Priority;
import dev.recount.examples.town.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Reads the values of a bead's fields. One of another kind than its field's is refused, neither dropped nor guessed at. */
final class Value {

    private static final Set<String> TEXTS = Set.of(
            "title", "description", "design", "acceptance_criteria", "notes", "issue_type", "owner", "close_reason");
    private static final int SHOWN = 80;

    private Value() {}

    /** A detail in the town's words; null where it is empty. A field that the town does not know keeps its JSON. */
    static @Nullable String detail(String field, JsonNode value) {
        return switch (field) {
            case "priority" -> priority(value);
            case "dependencies" -> value.isArray() ? dependencies(value) : orNull(Json.text(value));
            default -> TEXTS.contains(field) ? text(field, value) : orNull(Json.text(value));
        };
    }

    /** A field that holds a text or nothing; null where it is empty. */
    static @Nullable String text(String field, JsonNode value) {
        if (value.isTextual() || isNothing(value)) {
            return orNull(Json.text(value));
        }
        throw refused(field, value, "a text");
    }

    /** A list of texts; none where there is nothing. */
    static List<String> labels(JsonNode value) {
        if (!value.isArray() && !isNothing(value)) {
            throw refused("labels", value, "a list of texts");
        }
        List<String> labels = new ArrayList<>();
        for (JsonNode label : value) {
            if (!label.isTextual()) {
                throw refused("labels", value, "a list of texts");
            }
            labels.add(label.textValue());
        }
        return labels;
    }

    /** A status, which is never nothing. */
    static Status status(JsonNode value) {
        String word = text("status", value);
        if (word == null || word.isBlank()) {
            throw new Unresolvable("status is missing");
        }
        return Status.of(word);
    }

    static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String priority(JsonNode value) {
        if (value.isIntegralNumber() && value.canConvertToInt()) {
            return Priority.ofLevel(value.intValue()).word();
        }
        if (value.isTextual() || isNothing(value)) {
            return orNull(Json.text(value));
        }
        throw refused("priority", value, "an integer or a text");
    }

    private static @Nullable String dependencies(JsonNode array) {
        StringJoiner texts = new StringJoiner(" ");
        array.forEach(each -> texts.add(Json.text(each, "type") + ':' + Json.text(each, "depends_on_id")));
        return orNull(texts.toString());
    }

    private static boolean isNothing(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static Unresolvable refused(String field, JsonNode value, String expected) {
        String json = value.toString();
        String shown = json.length() > SHOWN ? json.substring(0, SHOWN) + "..." : json;
        return new Unresolvable(field + ' ' + shown + " is not " + expected);
    }
}
