package dev.recount.examples.town;

import dev.recount.codec.RecordedEvent;
import dev.recount.examples.town.ConvoyWatch.Look;
import dev.recount.reaction.Reaction;
import dev.recount.reaction.Reactor;
import java.util.List;

/** Asks for a look at the convoys that may land because of an event. Immutable. */
final class ConvoyWatch implements Reactor<TownEvent, Look> {

    /** At the convoys that wait for this bead, and at it itself where it is one. */
    record Look(String bead) {}

    @Override
    public String name() {
        return "convoys";
    }

    @Override
    public List<Reaction<Look>> react(RecordedEvent<TownEvent> recorded) {
        TownEvent event = recorded.event();
        String bead = event.bead();
        return bead != null && mayLandOne(event) ? List.of(Reaction.now(new Look(bead))) : List.of();
    }

    // Closed or gone, in an import also from its first sight on; or a convoy that sets out, or that is opened again.
    private static boolean mayLandOne(TownEvent event) {
        return event instanceof TownEvent.BeadClosed
                || event instanceof TownEvent.BeadDeleted
                || event instanceof ConvoyEvent.ConvoyCreated
                || beginsClosed(event)
                || (event instanceof TownEvent.StatusChanged changed && movesIntoOrOutOfAnEnd(changed));
    }

    private static boolean beginsClosed(TownEvent event) {
        return (event instanceof TownEvent.BeadCreated created
                        && created.status().equals(Status.CLOSED))
                || (event instanceof TownEvent.BeadObserved observed
                        && observed.status().equals(Status.CLOSED));
    }

    private static boolean movesIntoOrOutOfAnEnd(TownEvent.StatusChanged changed) {
        return changed.from().isFinal() || changed.to().equals(Status.CLOSED);
    }
}
