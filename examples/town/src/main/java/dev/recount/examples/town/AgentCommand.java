package dev.recount.examples.town;

import dev.recount.event.EventType;
import dev.recount.store.Query;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Commands about one agent. */
public sealed interface AgentCommand extends TownCommand {

    /** The agent. */
    String agent();

    @Override
    default Query boundary() {
        return Query.tagged("agent", agent());
    }

    /** Registers an agent. Its id and name must be free, and so must its role where a rig has it once. */
    @EventType("register_agent")
    record RegisterAgent(String agent, String name, Role role, String actor, Instant occurredAt)
            implements AgentCommand {
        @Override
        public Query boundary() {
            return Boundaries.identity(agent, name, role);
        }
    }

    /** An agent tells what it is doing and where its work got to. */
    @EventType("update_agent_status")
    record UpdateAgentStatus(
            String agent, AgentStatus status, @Nullable String checkpoint, String actor, Instant occurredAt)
            implements AgentCommand {}

    /** An agent leaves; its bead opens again. */
    @EventType("agent_exits")
    record AgentExits(String agent, @Nullable String reason, String actor, Instant occurredAt)
            implements AgentCommand {}
}
