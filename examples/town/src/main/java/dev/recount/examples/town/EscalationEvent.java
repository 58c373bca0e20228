package dev.recount.examples.town;

import dev.recount.event.EventType;
import dev.recount.event.OccurredAt;
import dev.recount.event.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happened to a cry for help. */
public sealed interface EscalationEvent extends TownEvent {

    /** Somebody cried for help, or nobody answered and the cry grew louder; {@code raised} says how often it has. */
    @EventType("escalated")
    record Escalated(
            @Tag("bead") String bead,
            int raised,
            @Nullable Priority from,
            Priority to,
            Instant since,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements EscalationEvent {
        public Escalated {
            Required.components(bead, to, since, actor, occurredAt);
        }
    }

    /** Somebody takes care of an escalation. */
    @EventType("escalation_acknowledged")
    record EscalationAcknowledged(
            @Tag("bead") String bead,
            Priority severity,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements EscalationEvent {
        public EscalationAcknowledged {
            Required.components(bead, severity, actor, occurredAt);
        }
    }
}
