package dev.recount.examples.town.importing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.examples.town.BeadDetails;
import dev.recount.examples.town.Priority;
import dev.recount.examples.town.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A bead as a JSON object of a source shows it. Immutable.
 *
 * @param details what it says
 * @param status where it stands; null where the object does not tell
 * @param assignee who is to do it; null where nobody
 * @param labels its labels; null where the object does not tell
 * @param createdAt when it was created; null where the object does not tell
 */
record Snapshot(
        BeadDetails details,
        @Nullable Status status,
        @Nullable String assignee,
        @Nullable List<String> labels,
        @Nullable Instant createdAt) {

    private static final Set<String> NOT_DETAILS = Set.of("id", "status", "assignee", "labels");

    static Snapshot of(JsonNode bead) {
        BeadDetails details = BeadDetails.none();
        for (Map.Entry<String, JsonNode> field : bead.properties()) {
            if (!NOT_DETAILS.contains(field.getKey())) {
                details = details.with(name(field.getKey()), text(field.getKey(), field.getValue()));
            }
        }
        String status = Json.text(bead, "status");
        return new Snapshot(
                details,
                status.isEmpty() ? null : Status.of(status),
                orNull(Json.text(bead, "assignee")),
                bead.has("labels") ? labels(bead.path("labels")) : null,
                Json.timeOrNull(bead, "created_at"));
    }

    /** What the town calls a field of a source. */
    static String name(String field) {
        return switch (field) {
            case "issue_type" -> "type";
            case "description" -> "body";
            default -> field;
        };
    }

    /** A value of a source in the town's words; null where it is empty. */
    static @Nullable String text(String field, JsonNode value) {
        return switch (field) {
            case "priority" ->
                value.isIntegralNumber() ? Priority.ofLevel(value.intValue()).word() : orNull(Json.text(value));
            case "dependencies" -> value.isArray() ? dependencies(value) : orNull(Json.text(value));
            default -> orNull(Json.text(value));
        };
    }

    static List<String> labels(JsonNode array) {
        List<String> labels = new ArrayList<>();
        array.forEach(label -> labels.add(Json.text(label)));
        return labels;
    }

    static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String dependencies(JsonNode array) {
        StringJoiner texts = new StringJoiner(" ");
        array.forEach(each -> texts.add(Json.text(each, "type") + ':' + Json.text(each, "depends_on_id")));
        return orNull(texts.toString());
    }
}
