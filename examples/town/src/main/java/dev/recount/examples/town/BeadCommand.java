package dev.recount.examples.town;

import dev.recount.event.EventType;
import dev.recount.store.Query;
import java.time.Instant;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Commands about one bead. */
public sealed interface BeadCommand extends TownCommand {

    /** The bead. */
    String bead();

    @Override
    default Query boundary() {
        return Query.tagged("bead", bead());
    }

    /** Creates a bead; its parent, where it names one, must exist. */
    @EventType("create_bead")
    record CreateBead(String bead, BeadDetails details, String actor, Instant occurredAt) implements BeadCommand {
        @Override
        public Query boundary() {
            return Boundaries.beadAndParent(bead, details.parent());
        }
    }

    /** Gives a bead to somebody; to nobody where {@code assignee} is null. */
    @EventType("assign_bead")
    record AssignBead(String bead, @Nullable String assignee, String actor, Instant occurredAt)
            implements BeadCommand {}

    /** Changes fields of a bead, by name as in {@link BeadDetails}; the empty text clears one. */
    @EventType("update_bead")
    record UpdateBead(String bead, SortedMap<String, String> fields, String actor, Instant occurredAt)
            implements BeadCommand {
        @Override
        public Query boundary() {
            return fields.getOrDefault("parent", "").isEmpty() ? Query.tagged("bead", bead) : Boundaries.families();
        }
    }

    /** Adds and removes labels. */
    @EventType("label_bead")
    record LabelBead(String bead, Set<String> add, Set<String> remove, String actor, Instant occurredAt)
            implements BeadCommand {}

    /** Moves a bead to another status; into failed only with a reason. */
    @EventType("update_bead_status")
    record UpdateBeadStatus(
            String bead, Status status, @Nullable String reason, String actor, Instant occurredAt)
            implements BeadCommand {}

    /** Closes a bead. */
    @EventType("close_bead")
    record CloseBead(String bead, @Nullable String reason, String actor, Instant occurredAt) implements BeadCommand {}

    /** Gives a bead up; needs a reason. */
    @EventType("fail_bead")
    record FailBead(String bead, @Nullable String reason, String actor, Instant occurredAt) implements BeadCommand {}

    /** Opens a closed or failed bead again. */
    @EventType("reopen_bead")
    record ReopenBead(String bead, @Nullable String reason, String actor, Instant occurredAt) implements BeadCommand {}

    /** Hands in the work on a bead. */
    @EventType("submit_review")
    record SubmitReview(String bead, @Nullable String reason, String actor, Instant occurredAt)
            implements BeadCommand {}

    /** Judges the work on a bead: approved closes it, refused opens it again and needs a reason. */
    @EventType("complete_review")
    record CompleteReview(
            String bead, boolean approved, @Nullable String reason, String actor, Instant occurredAt)
            implements BeadCommand {}

    /** Takes a bead and all its parts out of the rig. */
    @EventType("delete_bead")
    record DeleteBead(String bead, @Nullable String reason, String actor, Instant occurredAt) implements BeadCommand {
        @Override
        public Query boundary() {
            return Boundaries.families();
        }
    }
}
