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
            @OccurredAt Instant at) implements WorkspaceCommand {
        /** Refuses what lacks a component. */
        public ProvisionWorkspace {
            Required.component("workspace_id", workspaceId);
            Required.component("name", name);
            Required.time("at", at);
        }
    }

    /** Gives up setting it up. */
    @EventType("fail_provisioning")
    record FailProvisioning(
            String workspaceId, String reason, @OccurredAt Instant at) implements WorkspaceCommand {
        /** Refuses what lacks a component. */
        public FailProvisioning {
            Required.component("workspace_id", workspaceId);
            Required.component("reason", reason);
            Required.time("at", at);
        }
    }

    /** Says that a workspace is up, and where. */
    @EventType("register_workspace")
    record RegisterWorkspace(
            String workspaceId,
            String url,
            AgentCard agentCard,
            @OccurredAt Instant at) implements WorkspaceCommand {
        /** Refuses what lacks a component. */
        public RegisterWorkspace {
            Required.component("workspace_id", workspaceId);
            Required.component("url", url);
            Required.component("agent_card", agentCard);
            Required.time("at", at);
        }
    }

    /** A sign of life, with how much fails from 0 to 1. */
    @EventType("report_health")
    record ReportHealth(
            String workspaceId,
            double errorRate,
            @Nullable String sampleError,
            @OccurredAt Instant at) implements WorkspaceCommand {
        /** Refuses what lacks a component. */
        public ReportHealth {
            Required.component("workspace_id", workspaceId);
            Required.time("at", at);
        }
    }

    /** There was no sign of life for too long. */
    @EventType("mark_offline")
    record MarkOffline(String workspaceId, @OccurredAt Instant at) implements WorkspaceCommand {
        /** Refuses what lacks a component. */
        public MarkOffline {
            Required.component("workspace_id", workspaceId);
            Required.time("at", at);
        }
    }

    /** Removes a workspace and all below it; who asks for it is sent to another one, where that is named. */
    @EventType("remove_workspace")
    record RemoveWorkspace(
            String workspaceId,
            @Nullable String forwardTo,
            @OccurredAt Instant at) implements WorkspaceCommand {
        /** Refuses what lacks a component. */
        public RemoveWorkspace {
            Required.component("workspace_id", workspaceId);
            Required.time("at", at);
        }
    }

    /** Has a workspace, with all below it, stand below another one, or at the top. */
    @EventType("move_workspace")
    record MoveWorkspace(
            String workspaceId,
            @Nullable String newParentId,
            @OccurredAt Instant at) implements WorkspaceCommand {
        /** Refuses what lacks a component. */
        public MoveWorkspace {
            Required.component("workspace_id", workspaceId);
            Required.time("at", at);
        }
    }

    /** Changes what is named and leaves the rest. */
    @EventType("update_workspace")
    record UpdateWorkspace(
            String workspaceId,
            @Nullable String name,
            @Nullable String role,
            @Nullable Integer tier,
            @OccurredAt Instant at)
            implements WorkspaceCommand {
        /** Refuses what lacks a component. */
        public UpdateWorkspace {
            Required.component("workspace_id", workspaceId);
            Required.time("at", at);
        }
    }

    /** A child that a workspace gets when it is expanded. */
    record NewChild(String workspaceId, String name, int tier) {
        /** Refuses what lacks a component. */
        public NewChild {
            Required.component("children.workspace_id", workspaceId);
            Required.component("children.name", name);
        }
    }

    /** Makes a workspace a team. */
    @EventType("expand_workspace")
    record ExpandWorkspace(
            String workspaceId,
            List<NewChild> children,
            @OccurredAt Instant at) implements WorkspaceCommand {
        /** Refuses what lacks a component. */
        public ExpandWorkspace {
            Required.component("workspace_id", workspaceId);
            children = Required.list("children", children);
            Required.time("at", at);
        }
    }

    /** Makes a team one workspace again. */
    @EventType("collapse_workspace")
    record CollapseWorkspace(String workspaceId, @OccurredAt Instant at) implements WorkspaceCommand {
        /** Refuses what lacks a component. */
        public CollapseWorkspace {
            Required.component("workspace_id", workspaceId);
            Required.time("at", at);
        }
    }

    /** Has an agent work in a workspace that has none. */
    @EventType("assign_agent")
    record AssignAgent(
            String workspaceId,
            String agentId,
            String model,
            @OccurredAt Instant at) implements WorkspaceCommand {
        /** Refuses what lacks a component. */
        public AssignAgent {
            Required.component("workspace_id", workspaceId);
            Required.component("agent_id", agentId);
            Required.component("model", model);
            Required.time("at", at);
        }
    }

    /** Ends the work of the agent of a workspace. */
    @EventType("remove_agent")
    record RemoveAgent(
            String workspaceId, String reason, @OccurredAt Instant at) implements WorkspaceCommand {
        /** Refuses what lacks a component. */
        public RemoveAgent {
            Required.component("workspace_id", workspaceId);
            Required.component("reason", reason);
            Required.time("at", at);
        }
    }

    /** Puts an agent in the place of the one that works there, or the same one on another model. */
    @EventType("replace_agent")
    record ReplaceAgent(
            String workspaceId,
            String agentId,
            String model,
            @OccurredAt Instant at) implements WorkspaceCommand {
        /** Refuses what lacks a component. */
        public ReplaceAgent {
            Required.component("workspace_id", workspaceId);
            Required.component("agent_id", agentId);
            Required.component("model", model);
            Required.time("at", at);
        }
    }

    /** Has the agent of a workspace work in another one. */
    @EventType("move_agent")
    record MoveAgent(
            String workspaceId,
            String toWorkspaceId,
            @OccurredAt Instant at) implements WorkspaceCommand {
        /** Refuses what lacks a component. */
        public MoveAgent {
            Required.component("workspace_id", workspaceId);
            Required.component("to_workspace_id", toWorkspaceId);
            Required.time("at", at);
        }
    }

    /** Says what an agent is, anew. */
    @EventType("update_agent_card")
    record UpdateAgentCard(
            String workspaceId,
            AgentCard agentCard,
            @OccurredAt Instant at) implements WorkspaceCommand {
        /** Refuses what lacks a component. */
        public UpdateAgentCard {
            Required.component("workspace_id", workspaceId);
            Required.component("agent_card", agentCard);
            Required.time("at", at);
        }
    }
}
