package dev.recount.examples.town;

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
    record CreateBead(String bead, BeadDetails details, String actor, Instant occurredAt) implements BeadCommand {
        @Override
        public Query boundary() {
            return Boundaries.beadAndParent(bead, details.parent());
        }
    }

    /** Gives a bead to somebody; to nobody where {@code assignee} is null. */
    record AssignBead(String bead, @Nullable String assignee, String actor, Instant occurredAt)
            implements BeadCommand {}

    /** Changes fields of a bead, by name as in {@link BeadDetails}; the empty text clears one. */
    record UpdateBead(String bead, SortedMap<String, String> fields, String actor, Instant occurredAt)
            implements BeadCommand {}

    /** Adds and removes labels. */
    record LabelBead(String bead, Set<String> add, Set<String> remove, String actor, Instant occurredAt)
            implements BeadCommand {}

    /** Moves a bead to another status; into failed only with a reason. */
    record UpdateBeadStatus(
            String bead, Status status, @Nullable String reason, String actor, Instant occurredAt)
            implements BeadCommand {}

    /** Closes a bead. */
    record CloseBead(String bead, @Nullable String reason, String actor, Instant occurredAt) implements BeadCommand {}

    /** Gives a bead up; needs a reason. */
    record FailBead(String bead, @Nullable String reason, String actor, Instant occurredAt) implements BeadCommand {}

    /** Opens a closed or failed bead again. */
    record ReopenBead(String bead, @Nullable String reason, String actor, Instant occurredAt) implements BeadCommand {}

    /** Hands in the work on a bead. */
    record SubmitReview(String bead, @Nullable String reason, String actor, Instant occurredAt)
            implements BeadCommand {}

    /** Judges the work on a bead: approved closes it, refused opens it again and needs a reason. */
    record CompleteReview(
            String bead, boolean approved, @Nullable String reason, String actor, Instant occurredAt)
            implements BeadCommand {}

    /** Takes a bead and all its parts out of the rig. */
    record DeleteBead(String bead, @Nullable String reason, String actor, Instant occurredAt) implements BeadCommand {
        @Override
        public Query boundary() {
            return Boundaries.family(bead);
        }
    }
}
