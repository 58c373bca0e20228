package dev.recount.benchmarks.beads;

import dev.recount.benchmarks.beads.BeadEvent.BeadCommented;
import dev.recount.decider.Decider;
import java.time.Instant;
import java.util.List;

/** Decides on one bead. Immutable. */
public record BeadDecider() implements Decider<AddComment, Bead, BeadEvent> {

    /** The one decision of these measures: whatever the bead is, it may be commented on once more. */
    public static List<BeadEvent> comment(AddComment command, Bead bead) {
        Instant at = command.at().isAfter(bead.updatedAt()) ? command.at() : bead.updatedAt();
        return List.of(new BeadCommented(command.bead(), command.agent(), command.convoy(), at, command.text()));
    }

    @Override
    public Bead initialState() {
        return Bead.UNKNOWN;
    }

    @Override
    public Bead project(Bead state, BeadEvent event) {
        return state.with(event);
    }

    @Override
    public List<BeadEvent> decide(AddComment command, Bead state) {
        return comment(command, state);
    }
}
