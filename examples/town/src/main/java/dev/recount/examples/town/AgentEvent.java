package dev.recount.examples.town;

import dev.recount.event.EventType;
import dev.recount.event.OccurredAt;
import dev.recount.event.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happened to an agent. */
public sealed interface AgentEvent extends TownEvent {

    /** An agent began to work in the rig. */
    @EventType("agent_spawned")
    record AgentSpawned(
            @Tag("agent") String agent,
            @Tag("name") String name,
            @Tag("role") String role,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements AgentEvent {
        public AgentSpawned {
            Required.components(agent, name, role, actor, occurredAt);
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
            implements AgentEvent {
        public AgentStatusChanged {
            Required.components(agent, from, to, actor, occurredAt);
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
            implements AgentEvent {
        public AgentExited {
            Required.components(agent, name, role, actor, occurredAt);
        }
    }
}
