package dev.recount.examples.town;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An agent as it stands. Immutable.
 *
 * @param id its id
 * @param name what people call it
 * @param role what it does
 * @param status what it is doing
 * @param hookedBead the bead that it holds; null where none
 * @param checkpoint where its work got to, as it said; null where it said nothing
 * @param lastActivity when it was last heard of
 */
public record Agent(
        String id,
        String name,
        Role role,
        AgentStatus status,
        @Nullable String hookedBead,
        @Nullable String checkpoint,
        Instant lastActivity) {

    Agent withStatus(AgentStatus newStatus) {
        return new Agent(id, name, role, newStatus, hookedBead, checkpoint, lastActivity);
    }

    // An agent that left lets go of its bead without coming back.
    Agent withHook(@Nullable String bead) {
        AgentStatus free = isDead() ? status : AgentStatus.IDLE;
        return new Agent(id, name, role, bead == null ? free : AgentStatus.WORKING, bead, checkpoint, lastActivity);
    }

    Agent withCheckpoint(@Nullable String newCheckpoint) {
        return new Agent(id, name, role, status, hookedBead, newCheckpoint, lastActivity);
    }

    Agent activeAt(Instant time) {
        return new Agent(id, name, role, status, hookedBead, checkpoint, time);
    }

    boolean isDead() {
        return status.equals(AgentStatus.DEAD);
    }
}
