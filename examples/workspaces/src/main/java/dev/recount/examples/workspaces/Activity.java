package dev.recount.examples.workspaces;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.recount.event.EventType;
import dev.recount.event.OccurredAt;
import dev.recount.event.Tag;
import java.time.Instant;

/**
 * What an agent said that it did, as the activity log keeps it for a while. The log of the organisation takes none.
 *
 * @param workspaceId where
 */
@EventType("activity")
@JsonNaming(SnakeCaseStrategy.class)
public record Activity(
        @Tag("workspace_id") String workspaceId,
        @Tag("agent_id") String agentId,
        ActivityType type,
        String text,
        @OccurredAt Instant at) {}
