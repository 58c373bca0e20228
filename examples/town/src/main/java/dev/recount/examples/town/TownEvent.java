package dev.recount.examples.town;

import dev.recount.event.EventType;
import dev.recount.event.OccurredAt;
import dev.recount.event.Tag;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a rig.
 *
 * <p>Each event says of which bead and of which agent, what was and what is now, who did it and why. A bead's status changes
 * by {@code created}, {@code observed}, {@code status_changed} and {@code closed} alone. An event without what it must have cannot be
 * made, so one in a log cannot be decoded.
 */
public sealed interface TownEvent {

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

    private static void required(@Nullable Object... components) {
        for (Object component : components) {
            if (component == null) {
                throw new IllegalArgumentException("it lacks a component that every such event has");
            }
        }
    }

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
            required(bead, details, status, labels, actor, occurredAt);
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
            required(bead, details, status, labels, actor, occurredAt);
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
            required(bead, from, actor, occurredAt);
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
            required(bead, changes, actor, occurredAt);
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
            required(bead, actor, occurredAt);
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
            required(bead, label, actor, occurredAt);
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
            required(bead, label, actor, occurredAt);
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
            required(bead, agent, agentName, actor, occurredAt);
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
            required(bead, agent, actor, occurredAt);
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
            required(bead, from, to, actor, occurredAt);
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
            required(bead, from, actor, occurredAt);
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
            required(bead, from, actor, occurredAt);
        }
    }

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
            implements TownEvent {
        public Escalated {
            required(bead, to, since, actor, occurredAt);
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
            implements TownEvent {
        public EscalationAcknowledged {
            required(bead, severity, actor, occurredAt);
        }
    }

    /** A bead waits for these beads; by its tags it is found from each of them. */
    @EventType("convoy_created")
    record ConvoyCreated(
            @Tag("bead") String bead,
            @Tag("tracks") List<String> beads,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements TownEvent {
        public ConvoyCreated {
            required(bead, beads, actor, occurredAt);
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
            implements TownEvent {
        public ConvoyLanded {
            required(bead, beads, seen, actor, occurredAt);
        }
    }

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
            implements TownEvent {
        public MoleculeAdvanced {
            required(bead, step, actor, occurredAt);
        }
    }

    /** The last step of a molecule was done. */
    @EventType("molecule_completed")
    record MoleculeCompleted(
            @Tag("bead") String bead,
            int steps,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt) implements TownEvent {
        public MoleculeCompleted {
            required(bead, actor, occurredAt);
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
            required(bead, actor, occurredAt);
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
            required(bead, actor, occurredAt);
        }
    }

    /** A mail was sent; {@code bead} is the mail itself, null where a log does not name it. */
    @EventType("mail_sent")
    record MailSent(
            @Tag("bead") @Nullable String bead,
            String sender,
            @Tag("agent") String recipient,
            String subject,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements TownEvent {
        public MailSent {
            required(sender, recipient, subject, actor, occurredAt);
        }
    }

    /** A mail reached its recipient. */
    @EventType("mail_delivered")
    record MailDelivered(
            @Tag("bead") String bead,
            @Tag("agent") String recipient,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements TownEvent {
        public MailDelivered {
            required(bead, recipient, actor, occurredAt);
        }
    }

    /** An agent began to work in the rig. */
    @EventType("agent_spawned")
    record AgentSpawned(
            @Tag("agent") String agent,
            @Tag("name") String name,
            @Tag("role") String role,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements TownEvent {
        public AgentSpawned {
            required(agent, name, role, actor, occurredAt);
        }
    }

    /** An agent changed what it is doing. */
    @EventType("agent_status")
    record AgentStatusChanged(
            @Tag("agent") String agent,
            AgentStatus from,
            AgentStatus to,
            @Nullable String checkpoint,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements TownEvent {
        public AgentStatusChanged {
            required(agent, from, to, actor, occurredAt);
        }
    }

    /** An agent left the rig. */
    @EventType("agent_exited")
    record AgentExited(
            @Tag("agent") String agent,
            @Tag("name") String name,
            @Tag("role") String role,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements TownEvent {
        public AgentExited {
            required(agent, name, role, actor, occurredAt);
        }
    }
}
