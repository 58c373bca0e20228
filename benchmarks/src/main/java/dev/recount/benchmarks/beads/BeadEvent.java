package dev.recount.benchmarks.beads;

import dev.recount.event.EventType;
import dev.recount.event.OccurredAt;
import dev.recount.event.Tag;
import java.time.Instant;

/** What happens to a bead. About 200 bytes of JSON and three tags each. */
public sealed interface BeadEvent {

    /** The bead that it happened to. */
    String bead();

    /** Who did it. */
    String agent();

    /** When it happened. */
    Instant at();

    /** A bead is there. */
    @EventType("bead.created")
    record BeadCreated(
            @Tag("bead") String bead,
            @Tag("agent") String agent,
            @Tag("convoy") int convoy,
            @OccurredAt Instant at,
            String title,
            int priority)
            implements BeadEvent {}

    /** It goes on, or is stuck. */
    @EventType("bead.status-changed")
    record StatusChanged(
            @Tag("bead") String bead,
            @Tag("agent") String agent,
            @Tag("convoy") int convoy,
            @OccurredAt Instant at,
            BeadStatus status,
            String reason)
            implements BeadEvent {}

    /** An agent takes it. */
    @EventType("bead.hooked")
    record BeadHooked(
            @Tag("bead") String bead,
            @Tag("agent") String agent,
            @Tag("convoy") int convoy,
            @OccurredAt Instant at,
            String note)
            implements BeadEvent {}

    /** The agent gives it back. */
    @EventType("bead.unhooked")
    record BeadUnhooked(
            @Tag("bead") String bead,
            @Tag("agent") String agent,
            @Tag("convoy") int convoy,
            @OccurredAt Instant at,
            String reason)
            implements BeadEvent {}

    /** It has a further label. */
    @EventType("bead.labelled")
    record BeadLabelled(
            @Tag("bead") String bead,
            @Tag("agent") String agent,
            @Tag("convoy") int convoy,
            @OccurredAt Instant at,
            String note)
            implements BeadEvent {}

    /** Somebody said something. */
    @EventType("bead.commented")
    record BeadCommented(
            @Tag("bead") String bead,
            @Tag("agent") String agent,
            @Tag("convoy") int convoy,
            @OccurredAt Instant at,
            String text)
            implements BeadEvent {}

    /** It is done. */
    @EventType("bead.closed")
    record BeadClosed(
            @Tag("bead") String bead,
            @Tag("agent") String agent,
            @Tag("convoy") int convoy,
            @OccurredAt Instant at,
            String summary)
            implements BeadEvent {}
}
