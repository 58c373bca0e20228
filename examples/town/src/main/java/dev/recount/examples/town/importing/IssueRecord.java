package dev.recount.examples.town.importing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.examples.town.Status;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownEvent.BeadClosed;
import dev.recount.examples.town.TownEvent.BeadCreated;
import dev.recount.examples.town.TownEvent.StatusChanged;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the final record of a bead proves of its life: that it was created, and how it ended up in its status. Immutable. */
record IssueRecord(JsonNode json) {

    String id() {
        return Json.required(json, "id");
    }

    BeadCreated created() {
        Snapshot bead = Snapshot.of(json);
        return new BeadCreated(
                id(),
                bead.details(),
                Status.OPEN,
                bead.assignee(),
                bead.labels() == null ? List.of() : bead.labels(),
                Json.text(json, "created_by"),
                "its record of " + Json.time(json, "updated_at"),
                Json.time(json, "created_at"));
    }

    /** The event that led to the status of the record; none where that is open. */
    Optional<TownEvent> outcome() {
        Status status = Status.of(Json.required(json, "status"));
        if (status.equals(Status.OPEN)) {
            return Optional.empty();
        }
        if (status.equals(Status.CLOSED)) {
            return Optional.of(new BeadClosed(id(), null, Status.OPEN, "", text("close_reason"), time("closed_at")));
        }
        return Optional.of(new StatusChanged(
                id(),
                null,
                Status.OPEN,
                status,
                Json.text(json, "deleted_by"),
                text("delete_reason"),
                time("deleted_at")));
    }

    // The last change of the record is the latest time at which its status can have come about.
    private Instant time(String field) {
        Instant time = Json.timeOrNull(json, field);
        return time == null ? Json.time(json, "updated_at") : time;
    }

    private @Nullable String text(String field) {
        return Value.orNull(Json.text(json, field));
    }
}
