package dev.recount.benchmarks.beads;

import dev.recount.benchmarks.beads.BeadEvent.BeadClosed;
import dev.recount.benchmarks.beads.BeadEvent.BeadCommented;
import dev.recount.benchmarks.beads.BeadEvent.BeadHooked;
import dev.recount.benchmarks.beads.BeadEvent.BeadLabelled;
import dev.recount.benchmarks.beads.BeadEvent.BeadUnhooked;
import dev.recount.benchmarks.beads.BeadEvent.StatusChanged;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a read model shows of a bead. Immutable.
 *
 * @param assignee the agent that has it; empty where nobody has
 */
public record Bead(BeadStatus status, String assignee, int labels, int comments, Instant updatedAt) {

    /** A bead of which nothing is known yet. */
    public static final Bead UNKNOWN = new Bead(BeadStatus.OPEN, "", 0, 0, Instant.EPOCH);

    /** The bead after an event; {@code before} is null where it is the bead's first. */
    public static Bead after(@Nullable Bead before, BeadEvent event) {
        return before == null ? UNKNOWN.with(event) : before.with(event);
    }

    /** The bead after an event. */
    public Bead with(BeadEvent event) {
        Instant at = event.at();
        if (event instanceof BeadCommented) {
            return new Bead(status, assignee, labels, comments + 1, at);
        }
        if (event instanceof StatusChanged changed) {
            return new Bead(changed.status(), assignee, labels, comments, at);
        }
        if (event instanceof BeadHooked hooked) {
            return new Bead(BeadStatus.IN_PROGRESS, hooked.agent(), labels, comments, at);
        }
        if (event instanceof BeadUnhooked) {
            return new Bead(BeadStatus.OPEN, "", labels, comments, at);
        }
        if (event instanceof BeadLabelled) {
            return new Bead(status, assignee, labels + 1, comments, at);
        }
        BeadStatus next = event instanceof BeadClosed ? BeadStatus.CLOSED : BeadStatus.OPEN;
        return new Bead(next, assignee, labels, comments, at);
    }
}
