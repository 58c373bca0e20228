package dev.recount.examples.town.importing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.examples.town.Bead;
import dev.recount.examples.town.BeadDetails;
import dev.recount.examples.town.Status;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownEvent.BeadCreated;
import dev.recount.examples.town.TownEvent.BeadDeleted;
import dev.recount.examples.town.TownEvent.BeadObserved;
import dev.recount.examples.town.TownProjector;
import dev.recount.examples.town.TownState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows {@code {seq, committed_at, committer, type, bead_id, bead | changes}}, where {@code changes} holds for each field what it
 * was and what it is. Immutable.
 */
final class HistoryRows implements RowShape {

    @Override
    public String id(JsonNode row) {
        return "seq " + Json.required(row, "seq");
    }

    @Override
    public String bead(JsonNode row) {
        return Json.required(row, "bead_id");
    }

    @Override
    public List<TownEvent> events(JsonNode row, TownState town) {
        String type = Json.required(row, "type");
        if (type.equals("created")) {
            return List.of(created(row));
        }
        List<TownEvent> events = new ArrayList<>();
        Bead bead = town.bead(bead(row)).orElse(null);
        if (bead == null) {
            BeadObserved seen = new BeadObserved(
                    bead(row),
                    BeadDetails.none(),
                    Status.UNKNOWN,
                    null,
                    List.of(),
                    null,
                    "",
                    "its log begins later",
                    at(row));
            events.add(seen);
            bead = new TownProjector().project(town, seen).bead(bead(row)).orElseThrow();
        }
        events.addAll(type.equals("removed") ? List.of(removed(row, bead)) : changed(row, bead));
        return events;
    }

    private TownEvent created(JsonNode row) {
        if (!row.path("bead").isObject()) {
            throw new Unresolvable("created brings no bead");
        }
        Snapshot bead = Snapshot.of(row.path("bead"));
        return new BeadCreated(
                bead(row),
                bead.details(),
                bead.status() == null ? Status.OPEN : bead.status(),
                bead.assignee(),
                bead.labels() == null ? List.of() : bead.labels(),
                actor(row),
                null,
                at(row));
    }

    private TownEvent removed(JsonNode row, Bead bead) {
        return new BeadDeleted(bead.id(), bead.status(), null, actor(row), null, at(row));
    }

    private List<TownEvent> changed(JsonNode row, Bead bead) {
        JsonNode patch = row.path("changes");
        if (patch.isEmpty()) {
            throw new Unresolvable("it does not say what " + Json.text(row, "type") + " changed");
        }
        BeadChanges changes = new BeadChanges(bead, actor(row), reason(patch), at(row));
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            JsonNode to = changedTo(field.getKey(), field.getValue());
            switch (field.getKey()) {
                case "status" -> changes.status(Value.status(to));
                case "assignee" -> changes.assignee(Value.text("assignee", to));
                case "labels" -> changes.labels(Value.labels(to));
                default -> changes.field(Snapshot.name(field.getKey()), Value.detail(field.getKey(), to));
            }
        }
        return changes.atLeastOne();
    }

    private static JsonNode changedTo(String field, JsonNode change) {
        if (!change.isArray() || change.size() != 2) {
            throw new Unresolvable(field + " does not say what it was and what it is");
        }
        return change.path(1);
    }

    private static @Nullable String reason(JsonNode patch) {
        return Value.text("close_reason", patch.path("close_reason").path(1));
    }

    private static String actor(JsonNode row) {
        return Json.text(row, "committer");
    }

    private static Instant at(JsonNode row) {
        return Json.time(row, "committed_at");
    }
}
