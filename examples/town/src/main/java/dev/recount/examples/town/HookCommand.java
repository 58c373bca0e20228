package dev.recount.examples.town;

import dev.recount.event.EventType;
import dev.recount.store.Query;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Commands about a bead and the agent that holds it. */
public sealed interface HookCommand extends TownCommand {

    /** The bead. */
    String bead();

    /** The agent. */
    String agent();

    @Override
    default Query boundary() {
        return Query.tagged("bead", bead()).or(Query.tagged("agent", agent()));
    }

    /** An agent takes hold of a bead. */
    @EventType("hook_bead")
    record HookBead(String bead, String agent, String actor, Instant occurredAt) implements HookCommand {}

    /** An agent lets go of a bead, which opens again. */
    @EventType("unhook_bead")
    record UnhookBead(String bead, String agent, @Nullable String reason, String actor, Instant occurredAt)
            implements HookCommand {}

    /** An agent hands in the work on its bead and lets go of it. */
    @EventType("agent_done")
    record AgentDone(String bead, String agent, @Nullable String reason, String actor, Instant occurredAt)
            implements HookCommand {}

    /** An agent ends its bead: closed, or failed with a reason. */
    @EventType("agent_completed")
    record AgentCompleted(
            String bead,
            String agent,
            boolean failed,
            @Nullable String reason,
            String actor,
            Instant occurredAt) implements HookCommand {}

    /** Creates a bead, registers the agent where it is new, and hooks the one to the other, all in one. */
    @EventType("sling_bead")
    record SlingBead(
            String bead, BeadDetails details, String agent, String name, Role role, String actor, Instant occurredAt)
            implements HookCommand {
        @Override
        public Query boundary() {
            return Boundaries.beadAndParent(bead, details.parent()).or(Boundaries.identity(agent, name, role));
        }
    }
}
