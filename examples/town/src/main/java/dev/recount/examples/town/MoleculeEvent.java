package dev.recount.examples.town;

import dev.recount.event.EventType;
import dev.recount.event.OccurredAt;
import dev.recount.event.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happened to a molecule. */
public sealed interface MoleculeEvent extends TownEvent {

    /** A step of a molecule was done. */
    @EventType("molecule_advanced")
    record MoleculeAdvanced(
            @Tag("bead") String bead,
            String step,
            int done,
            int steps,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements MoleculeEvent {
        public MoleculeAdvanced {
            Required.components(bead, step, actor, occurredAt);
        }
    }

    /** The last step of a molecule was done. */
    @EventType("molecule_completed")
    record MoleculeCompleted(
            @Tag("bead") String bead,
            int steps,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt) implements MoleculeEvent {
        public MoleculeCompleted {
            Required.components(bead, actor, occurredAt);
        }
    }
}
