package dev.recount.examples.workspaces;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.recount.event.EventType;
import dev.recount.event.OccurredAt;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of an organisation. A command carries its ids and its time, so deciding it needs neither a clock nor chance. */
@JsonNaming(SnakeCaseStrategy.class)
public sealed interface WorkspaceCommand {

    /** The workspace. */
    String workspaceId();

    /** When, by the clock of whoever asks. */
    Instant at();

    /** Begins to set up a workspace; at the top where no parent is named. */
    @EventType("provision_workspace")
    record ProvisionWorkspace(
            String workspaceId,
            String name,
            int tier,
            @Nullable String parentId,
            @OccurredAt Instant at) implements WorkspaceCommand {}

    /** Gives up setting it up. */
    @EventType("fail_provisioning")
    record FailProvisioning(
            String workspaceId, String reason, @OccurredAt Instant at) implements WorkspaceCommand {}

    /** Says that a workspace is up, and where. */
    @EventType("register_workspace")
    record RegisterWorkspace(
            String workspaceId,
            String url,
            AgentCard agentCard,
            @OccurredAt Instant at) implements WorkspaceCommand {}

    /** A sign of life, with how much fails from 0 to 1. */
    @EventType("report_health")
    record ReportHealth(
            String workspaceId,
            double errorRate,
            @Nullable String sampleError,
            @OccurredAt Instant at) implements WorkspaceCommand {}

    /** There was no sign of life for too long. */
    @EventType("mark_offline")
    record MarkOffline(String workspaceId, @OccurredAt Instant at) implements WorkspaceCommand {}

    /** Removes a workspace and all below it; who asks for it is sent to another one, where that is named. */
    @EventType("remove_workspace")
    record RemoveWorkspace(
            String workspaceId,
            @Nullable String forwardTo,
            @OccurredAt Instant at) implements WorkspaceCommand {}

    /** Has a workspace, with all below it, stand below another one, or at the top. */
    @EventType("move_workspace")
    record MoveWorkspace(
            String workspaceId,
            @Nullable String newParentId,
            @OccurredAt Instant at) implements WorkspaceCommand {}

    /** Changes what is named and leaves the rest. */
    @EventType("update_workspace")
    record UpdateWorkspace(
            String workspaceId,
            @Nullable String name,
            @Nullable String role,
            @Nullable Integer tier,
            @OccurredAt Instant at)
            implements WorkspaceCommand {}

    /** A child that a workspace gets when it is expanded. */
    record NewChild(String workspaceId, String name, int tier) {}

    /** Makes a workspace a team. */
    @EventType("expand_workspace")
    record ExpandWorkspace(
            String workspaceId,
            List<NewChild> children,
            @OccurredAt Instant at) implements WorkspaceCommand {

        /** Copies the children. */
        public ExpandWorkspace {
            children = List.copyOf(children);
        }
    }

    /** Makes a team one workspace again. */
    @EventType("collapse_workspace")
    record CollapseWorkspace(String workspaceId, @OccurredAt Instant at) implements WorkspaceCommand {}

    /** Has an agent work in a workspace that has none. */
    @EventType("assign_agent")
    record AssignAgent(
            String workspaceId,
            String agentId,
            String model,
            @OccurredAt Instant at) implements WorkspaceCommand {}

    /** Ends the work of the agent of a workspace. */
    @EventType("remove_agent")
    record RemoveAgent(
            String workspaceId, String reason, @OccurredAt Instant at) implements WorkspaceCommand {}

    /** Puts an agent in the place of the one that works there, or the same one on another model. */
    @EventType("replace_agent")
    record ReplaceAgent(
            String workspaceId,
            String agentId,
            String model,
            @OccurredAt Instant at) implements WorkspaceCommand {}

    /** Has the agent of a workspace work in another one. */
    @EventType("move_agent")
    record MoveAgent(
            String workspaceId,
            String toWorkspaceId,
            @OccurredAt Instant at) implements WorkspaceCommand {}

    /** Says what an agent is, anew. */
    @EventType("update_agent_card")
    record UpdateAgentCard(
            String workspaceId,
            AgentCard agentCard,
            @OccurredAt Instant at) implements WorkspaceCommand {}
}
