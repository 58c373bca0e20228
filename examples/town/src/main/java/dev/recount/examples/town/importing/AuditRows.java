package dev.recount.examples.town.importing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.examples.town.Bead;
import dev.recount.examples.town.BeadDetails;
import dev.recount.examples.town.Status;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownEvent.BeadCreated;
import dev.recount.examples.town.TownEvent.BeadDeleted;
import dev.recount.examples.town.TownEvent.BeadObserved;
import dev.recount.examples.town.TownEvent.BeadRenamed;
import dev.recount.examples.town.TownEvent.LabelAdded;
import dev.recount.examples.town.TownEvent.LabelRemoved;
import dev.recount.examples.town.TownProjector;
import dev.recount.examples.town.TownState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows {@code {id, issue_id, event_type, actor, old_value, new_value, comment, created_at}}: {@code old_value} is the whole bead
 * before the change, {@code new_value} what changed.
 *
 * <p>The whole bead often shows what no row has told: that it exists, what it says, that it was changed. That becomes events
 * of its own, before those of the row, with a reason that says so. Immutable.
 */
final class AuditRows implements RowShape {

    private static final String UNREPORTED = "shown by a later row, reported by none";
    private static final String MID_LIFE = "the log begins after the bead";
    private static final TownProjector PROJECTOR = new TownProjector();

    @Override
    public String id(JsonNode row) {
        return "row " + Json.required(row, "id");
    }

    @Override
    public String bead(JsonNode row) {
        return Json.required(row, "issue_id");
    }

    @Override
    public List<String> beads(JsonNode row) {
        return type(row).equals("renamed") ? List.of(bead(row), Json.required(row, "old_value")) : List.of(bead(row));
    }

    @Override
    public boolean contradictsItsTime(JsonNode row) {
        JsonNode before = Json.objectOrNull(Json.text(row, "old_value"));
        Instant seen = before == null ? null : Json.timeOrNull(before, "updated_at");
        return seen != null && seen.isAfter(Json.time(row, "created_at"));
    }

    @Override
    public List<TownEvent> events(JsonNode row, TownState town) {
        List<TownEvent> events = new ArrayList<>(before(row, town));
        TownState shown = PROJECTOR.projectAll(town, events);
        events.addAll(change(row, shown.bead(bead(row)).orElse(null)));
        return events;
    }

    /** What the row shows of the bead before the change, and no row has told. */
    private List<TownEvent> before(JsonNode row, TownState town) {
        JsonNode before = Json.objectOrNull(Json.text(row, "old_value"));
        Bead known = town.bead(bead(row)).orElse(null);
        if (known == null) {
            return type(row).equals("created") ? List.of() : List.of(firstSeen(row, before));
        }
        if (before == null) {
            return List.of();
        }
        BeadChanges changes = new BeadChanges(known, "", UNREPORTED, at(row));
        changes.unreported(Snapshot.of(before));
        return changes.events();
    }

    private BeadObserved firstSeen(JsonNode row, @Nullable JsonNode before) {
        Snapshot seen = before == null ? new Snapshot(BeadDetails.none(), null, null, null, null) : Snapshot.of(before);
        return new BeadObserved(
                bead(row),
                seen.details(),
                seen.status() == null ? Status.UNKNOWN : seen.status(),
                seen.assignee(),
                seen.labels() == null ? List.of() : seen.labels(),
                seen.createdAt(),
                "",
                MID_LIFE,
                at(row));
    }

    private List<TownEvent> change(JsonNode row, @Nullable Bead bead) {
        if (type(row).equals("created") || bead == null) {
            return List.of(new BeadCreated(
                    bead(row), BeadDetails.none(), Status.OPEN, null, List.of(), actor(row), null, at(row)));
        }
        return switch (type(row)) {
            case "status_changed", "updated", "reopened" -> patch(row, bead);
            case "closed" -> closed(row, bead);
            case "label_added" ->
                List.of(new LabelAdded(bead.id(), label(row, "Added label: "), actor(row), null, at(row)));
            case "label_removed" ->
                List.of(new LabelRemoved(bead.id(), label(row, "Removed label: "), actor(row), null, at(row)));
            case "renamed" ->
                List.of(new BeadRenamed(bead.id(), Json.required(row, "old_value"), actor(row), null, at(row)));
            case "deleted" ->
                List.of(new BeadDeleted(bead.id(), bead.status(), null, actor(row), comment(row), at(row)));
            default -> throw new Unresolvable("event_type '" + type(row) + "' is not one that a town knows");
        };
    }

    private List<TownEvent> patch(JsonNode row, Bead bead) {
        JsonNode patch = Json.objectOrNull(Json.text(row, "new_value"));
        if (patch == null || patch.isEmpty()) {
            throw new Unresolvable("new_value does not say what " + type(row) + " changed");
        }
        String reason = Value.text("close_reason", patch.path("close_reason"));
        BeadChanges changes = new BeadChanges(bead, actor(row), reason == null ? comment(row) : reason, at(row));
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            switch (field.getKey()) {
                case "status" -> changes.status(Value.status(field.getValue()));
                case "assignee" -> changes.assignee(Value.text("assignee", field.getValue()));
                case "labels" -> changes.labels(Value.labels(field.getValue()));
                default -> changes.field(Snapshot.name(field.getKey()), Value.detail(field.getKey(), field.getValue()));
            }
        }
        return changes.atLeastOne();
    }

    private List<TownEvent> closed(JsonNode row, Bead bead) {
        String value = Json.text(row, "new_value");
        JsonNode patch = Json.objectOrNull(value);
        String reason = patch == null ? Value.orNull(value) : Value.text("close_reason", patch.path("close_reason"));
        BeadChanges changes = new BeadChanges(bead, actor(row), reason, at(row));
        changes.status(Status.CLOSED);
        return changes.events();
    }

    private static String label(JsonNode row, String before) {
        String comment = Json.text(row, "comment");
        if (!comment.startsWith(before) || comment.length() == before.length()) {
            throw new Unresolvable("comment '" + comment + "' does not name a label after '" + before + "'");
        }
        return comment.substring(before.length());
    }

    private static String type(JsonNode row) {
        return Json.required(row, "event_type");
    }

    private static String actor(JsonNode row) {
        return Json.text(row, "actor");
    }

    private static @Nullable String comment(JsonNode row) {
        return Value.orNull(Json.text(row, "comment"));
    }

    private static Instant at(JsonNode row) {
        return Json.time(row, "created_at");
    }
}
