package dev.recount.examples.town;

import dev.recount.event.EventType;
import dev.recount.store.Query;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Commands about one escalation, which is a bead of its own. */
public sealed interface EscalationCommand extends TownCommand {

    /** The escalation. */
    String bead();

    @Override
    default Query boundary() {
        return Query.tagged("bead", bead());
    }

    /** Creates an escalation; its priority is its severity, medium where none is told. */
    @EventType("escalate")
    record Escalate(
            String bead, BeadDetails details, @Nullable String reason, String actor, Instant occurredAt)
            implements EscalationCommand {
        @Override
        public Query boundary() {
            return Boundaries.beadAndParent(bead, details.parent());
        }
    }

    /**
     * Raises the severity by one level for the {@code time}th time, because nobody has acknowledged it. It comes from
     * {@link TownReactors}, maybe late or twice, so it does nothing where it is not due any more.
     */
    @EventType("raise_escalation")
    record RaiseEscalation(String bead, int time, String actor, Instant occurredAt) implements EscalationCommand {}

    /** Says that somebody takes care of it. */
    @EventType("acknowledge_escalation")
    record AcknowledgeEscalation(String bead, @Nullable String reason, String actor, Instant occurredAt)
            implements EscalationCommand {}
}
