package dev.recount.examples.town;

import dev.recount.examples.town.BeadCommand.CompleteReview;
import dev.recount.examples.town.BeadCommand.SubmitReview;
import dev.recount.examples.town.TownEvent.ReviewCompleted;
import dev.recount.examples.town.TownEvent.ReviewSubmitted;
import dev.recount.examples.town.TownRejected.NotInReview;
import java.util.ArrayList;
import java.util.List;

/** What becomes of commands about a review. */
final class ReviewDecisions {

    private ReviewDecisions() {}

    static List<TownEvent> submit(SubmitReview command, TownState town) {
        Bead bead = BeadMove.open(town, command.bead());
        if (bead.status().equals(Status.IN_REVIEW)) {
            return List.of();
        }
        BeadMove move = new BeadMove(command.actor(), command.reason(), command.occurredAt());
        return List.of(
                new ReviewSubmitted(bead.id(), bead.hookedBy(), move.actor(), move.reason(), move.at()),
                move.moved(bead, Status.IN_REVIEW));
    }

    static List<TownEvent> complete(CompleteReview command, TownState town) {
        Bead bead = BeadMove.existing(town, command.bead());
        if (!bead.status().equals(Status.IN_REVIEW)) {
            throw new NotInReview(bead.id(), bead.status().word());
        }
        BeadMove move = new BeadMove(command.actor(), command.reason(), command.occurredAt());
        List<TownEvent> events = new ArrayList<>();
        events.add(new ReviewCompleted(
                bead.id(), bead.hookedBy(), command.approved(), move.actor(), move.reason(), move.at()));
        if (command.approved()) {
            events.addAll(move.end(town, bead.id(), Status.CLOSED));
        } else {
            move.requireReason(bead.id());
            events.add(move.moved(bead, bead.hookedBy() == null ? Status.OPEN : Status.IN_PROGRESS));
        }
        return events;
    }
}
