package dev.recount.examples.town;

import dev.recount.event.EventType;
import dev.recount.event.OccurredAt;
import dev.recount.event.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a rig.
 *
 * <p>Each event says of which bead and of which agent, what was and what is now, who did it and why. A bead's status changes
 * by {@code created}, {@code observed}, {@code status_changed} and {@code closed} alone. An event without what it must have cannot be
 * made, so one in a log cannot be decoded.
 */
public sealed interface TownEvent
        permits TownEvent.BeadCreated,
                TownEvent.BeadObserved,
                TownEvent.BeadRenamed,
                TownEvent.FieldsUpdated,
                TownEvent.BeadAssigned,
                TownEvent.LabelAdded,
                TownEvent.LabelRemoved,
                TownEvent.BeadHooked,
                TownEvent.BeadUnhooked,
                TownEvent.StatusChanged,
                TownEvent.BeadClosed,
                TownEvent.BeadDeleted,
                TownEvent.ReviewSubmitted,
                TownEvent.ReviewCompleted,
                AgentEvent,
                MailEvent,
                EscalationEvent,
                ConvoyEvent,
                MoleculeEvent {

    /** The bead that it is about; null where it is about none. */
    default @Nullable String bead() {
        return null;
    }

    /** The agent that it changes; null where it changes none. */
    default @Nullable String agent() {
        return null;
    }

    /** Who did it. */
    String actor();

    /** Why; null where nobody said. */
    @Nullable
    String reason();

    /** When it happened, by the clock of whoever did it. */
    Instant occurredAt();

    /** A bead was created. */
    @EventType("created")
    record BeadCreated(
            @Tag("bead") String bead,
            BeadDetails details,
            Status status,
            @Nullable String assignee,
            List<String> labels,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements TownEvent {
        public BeadCreated {
            Required.components(bead, details, status, labels, actor, occurredAt);
        }
    }

    /** A bead was first seen in the middle of its life, by an import of a log that does not tell its beginning. */
    @EventType("observed")
    record BeadObserved(
            @Tag("bead") String bead,
            BeadDetails details,
            Status status,
            @Nullable String assignee,
            List<String> labels,
            @Nullable Instant createdAt,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements TownEvent {
        public BeadObserved {
            Required.components(bead, details, status, labels, actor, occurredAt);
        }
    }

    /** A bead got another id; only an import stores it. */
    @EventType("renamed")
    record BeadRenamed(
            @Tag("bead") String bead,
            @Tag("bead") String from,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements TownEvent {
        public BeadRenamed {
            Required.components(bead, from, actor, occurredAt);
        }
    }

    /** Fields of a bead were changed. */
    @EventType("fields_updated")
    record FieldsUpdated(
            @Tag("bead") String bead,
            List<Change> changes,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements TownEvent {
        public FieldsUpdated {
            Required.components(bead, changes, actor, occurredAt);
        }
    }

    /** A bead was given to somebody; to nobody where {@code to} is null. */
    @EventType("assigned")
    record BeadAssigned(
            @Tag("bead") String bead,
            @Nullable String from,
            @Nullable String to,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements TownEvent {
        public BeadAssigned {
            Required.components(bead, actor, occurredAt);
        }
    }

    /** A bead got a label. */
    @EventType("label_added")
    record LabelAdded(
            @Tag("bead") String bead,
            String label,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements TownEvent {
        public LabelAdded {
            Required.components(bead, label, actor, occurredAt);
        }
    }

    /** A bead lost a label. */
    @EventType("label_removed")
    record LabelRemoved(
            @Tag("bead") String bead,
            String label,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements TownEvent {
        public LabelRemoved {
            Required.components(bead, label, actor, occurredAt);
        }
    }

    /** An agent took hold of a bead; {@code status} is the bead's at that moment, for those who read the agent's events only. */
    @EventType("hooked")
    record BeadHooked(
            @Tag("bead") String bead,
            @Tag("agent") String agent,
            String agentName,
            @Nullable Status status,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements TownEvent {
        public BeadHooked {
            Required.components(bead, agent, agentName, actor, occurredAt);
        }
    }

    /** An agent let go of a bead. */
    @EventType("unhooked")
    record BeadUnhooked(
            @Tag("bead") String bead,
            @Tag("agent") String agent,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements TownEvent {
        public BeadUnhooked {
            Required.components(bead, agent, actor, occurredAt);
        }
    }

    /** A bead moved to another status; {@code agent} is the one that holds it. */
    @EventType("status_changed")
    record StatusChanged(
            @Tag("bead") String bead,
            @Tag("agent") @Nullable String agent,
            Status from,
            Status to,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements TownEvent {
        public StatusChanged {
            Required.components(bead, from, to, actor, occurredAt);
        }
    }

    /** A bead was done; {@code agent} is the one that holds it. */
    @EventType("closed")
    record BeadClosed(
            @Tag("bead") String bead,
            @Tag("agent") @Nullable String agent,
            Status from,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements TownEvent {
        public BeadClosed {
            Required.components(bead, from, actor, occurredAt);
        }
    }

    /** A bead was taken out of the rig; its history stays. {@code recipient} is for whom it waited, where it was a mail. */
    @EventType("deleted")
    record BeadDeleted(
            @Tag("bead") String bead,
            Status from,
            @Tag("agent") @Nullable String recipient,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements TownEvent {
        public BeadDeleted {
            Required.components(bead, from, actor, occurredAt);
        }
    }

    /** The work on a bead was handed in. */
    @EventType("review_submitted")
    record ReviewSubmitted(
            @Tag("bead") String bead,
            @Tag("agent") @Nullable String agent,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements TownEvent {
        public ReviewSubmitted {
            Required.components(bead, actor, occurredAt);
        }
    }

    /** The work on a bead was judged. */
    @EventType("review_completed")
    record ReviewCompleted(
            @Tag("bead") String bead,
            @Tag("agent") @Nullable String agent,
            boolean approved,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements TownEvent {
        public ReviewCompleted {
            Required.components(bead, actor, occurredAt);
        }
    }
}
