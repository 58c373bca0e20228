package dev.recount.examples.town.importing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.examples.town.BeadDetails;
import dev.recount.examples.town.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
                details = details.with(name(field.getKey()), Value.detail(field.getKey(), field.getValue()));
            }
        }
        String status = Value.text("status", bead.path("status"));
        return new Snapshot(
                details,
                status == null ? null : Status.of(status),
                Value.text("assignee", bead.path("assignee")),
                bead.has("labels") ? Value.labels(bead.path("labels")) : null,
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
}
