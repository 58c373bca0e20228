package dev.recount.examples.workspaces;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.recount.event.EventType;
import dev.recount.event.OccurredAt;
import dev.recount.event.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What goes on in a workspace. It is told to those who listen now, and never stored: without it the organisation is the same. No log of
 * {@link StructuralEvent}s takes one; {@link Broadcasts} does.
 */
@JsonNaming(SnakeCaseStrategy.class)
public sealed interface EphemeralEvent {

    /** The workspace. */
    String workspaceId();

    /** A workspace works on something else. */
    @EventType("TASK_UPDATED")
    record TaskUpdated(
            @Tag("workspace_id") String workspaceId,
            @Nullable String currentTask,
            @OccurredAt Instant at) implements EphemeralEvent {}

    /** An agent said what it did. The activity log has it. */
    @EventType("ACTIVITY_LOGGED")
    record ActivityLogged(
            @Tag("workspace_id") String workspaceId,
            ActivityType activity,
            String text,
            @OccurredAt Instant at) implements EphemeralEvent {}

    /** A workspace does better or worse than it did, whether or not that changes its status. */
    @EventType("WORKSPACE_HEARTBEAT")
    record WorkspaceHeartbeat(
            @Tag("workspace_id") String workspaceId,
            double errorRate,
            @OccurredAt Instant at) implements EphemeralEvent {}
}
