package dev.recount.examples.town;

import dev.recount.event.EventType;
import dev.recount.event.OccurredAt;
import dev.recount.event.Tag;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What happened to a convoy. */
public sealed interface ConvoyEvent extends TownEvent {

    /** A bead waits for these beads; by its tags it is found from each of them. */
    @EventType("convoy_created")
    record ConvoyCreated(
            @Tag("bead") String bead,
            @Tag("tracks") List<String> beads,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements ConvoyEvent {
        public ConvoyCreated {
            Required.components(bead, beads, actor, occurredAt);
        }
    }

    /** All the beads of a convoy were closed; {@code seen} says how far the other rigs had been read then. */
    @EventType("convoy_landed")
    record ConvoyLanded(
            @Tag("bead") String bead,
            List<String> beads,
            SortedMap<String, Long> seen,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements ConvoyEvent {
        public ConvoyLanded {
            Required.components(bead, beads, seen, actor, occurredAt);
        }
    }
}
