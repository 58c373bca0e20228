package dev.recount.examples.town;

import dev.recount.examples.town.TownEvent.BeadClosed;
import dev.recount.examples.town.TownEvent.BeadUnhooked;
import dev.recount.examples.town.TownEvent.StatusChanged;
import dev.recount.examples.town.TownRejected.BeadNotFound;
import dev.recount.examples.town.TownRejected.ReasonMissing;
import dev.recount.examples.town.TownRejected.TerminalState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a bead moves from one status to another, whoever asks for it: who did it, why, and when. */
record BeadMove(String actor, @Nullable String reason, Instant at) {

    static Bead existing(TownState town, String id) {
        return town.bead(id).orElseThrow(() -> new BeadNotFound(id));
    }

    /** The bead, which may still be changed. */
    static Bead open(TownState town, String id) {
        Bead bead = existing(town, id);
        if (bead.status().isFinal()) {
            throw new TerminalState(id, bead.status().word());
        }
        return bead;
    }

    /** Closes or fails a bead, and frees the agent that holds it. Nothing where it is in that status. */
    List<TownEvent> end(TownState town, String id, Status last) {
        if (existing(town, id).status().equals(last)) {
            return List.of();
        }
        Bead bead = open(town, id);
        if (last.equals(Status.FAILED)) {
            requireReason(id);
        }
        List<TownEvent> events = new ArrayList<>();
        events.add(last.equals(Status.CLOSED) ? closed(bead) : moved(bead, last));
        if (bead.hookedBy() != null) {
            events.add(unhooked(bead, bead.hookedBy()));
        }
        return events;
    }

    TownEvent closed(Bead bead) {
        return new BeadClosed(bead.id(), bead.hookedBy(), bead.status(), actor, reason, at);
    }

    TownEvent moved(Bead bead, Status to) {
        return new StatusChanged(bead.id(), bead.hookedBy(), bead.status(), to, actor, reason, at);
    }

    TownEvent unhooked(Bead bead, String agent) {
        return new BeadUnhooked(bead.id(), agent, actor, reason, at);
    }

    void requireReason(String id) {
        if (reason == null || reason.isBlank()) {
            throw new ReasonMissing(id);
        }
    }
}
