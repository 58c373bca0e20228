package dev.recount.benchmarks.beads;

import dev.recount.decider.Decider;
import dev.recount.decider.Projector;
import java.util.List;
import org.organicdesign.fp.collections.ImMap;

/** Decides on one bead, given the state of all of them. Immutable. */
public final class AllBeadsDecider implements Decider<AddComment, ImMap<String, Bead>, BeadEvent> {

    private final Projector<ImMap<String, Bead>, BeadEvent> beads = BeadModels.inTransientMap();

    @Override
    public ImMap<String, Bead> initialState() {
        return beads.initialState();
    }

    @Override
    public ImMap<String, Bead> project(ImMap<String, Bead> state, BeadEvent event) {
        return beads.project(state, event);
    }

    @Override
    public ImMap<String, Bead> projectAll(ImMap<String, Bead> state, Iterable<? extends BeadEvent> events) {
        return beads.projectAll(state, events);
    }

    @Override
    public List<BeadEvent> decide(AddComment command, ImMap<String, Bead> state) {
        return BeadDecider.comment(command, state.getOrDefault(command.bead(), Bead.UNKNOWN));
    }
}
