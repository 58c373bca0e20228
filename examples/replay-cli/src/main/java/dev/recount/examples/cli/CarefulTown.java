package dev.recount.examples.cli;

import dev.recount.decider.CommandRejected;
import dev.recount.decider.Decider;
import dev.recount.examples.town.BeadCommand.CloseBead;
import dev.recount.examples.town.Status;
import dev.recount.examples.town.TownCommand;
import dev.recount.examples.town.TownDecider;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownState;
import java.util.List;

/** The rules of every town and one more, to try them on what was decided without it: no bead is closed without a review. Immutable. */
final class CarefulTown implements Decider<TownCommand, TownState, TownEvent> {

    private final TownDecider rules = new TownDecider();

    /** The bead was to be closed, and nobody had looked at the work on it. */
    static final class NotReviewed extends CommandRejected {
        private NotReviewed(String bead) {
            super("NOT_REVIEWED", "The work on bead " + bead + " was not reviewed. Hand it in first.");
        }
    }

    @Override
    public TownState initialState() {
        return rules.initialState();
    }

    @Override
    public TownState project(TownState town, TownEvent event) {
        return rules.project(town, event);
    }

    @Override
    public TownState projectAll(TownState town, Iterable<? extends TownEvent> events) {
        return rules.projectAll(town, events);
    }

    @Override
    public List<TownEvent> decide(TownCommand command, TownState town) {
        if (command instanceof CloseBead close && isWithoutReview(close.bead(), town)) {
            throw new NotReviewed(close.bead());
        }
        return rules.decide(command, town);
    }

    private static boolean isWithoutReview(String bead, TownState town) {
        return town.bead(bead)
                .filter(found -> !found.status().equals(Status.IN_REVIEW))
                .isPresent();
    }
}
