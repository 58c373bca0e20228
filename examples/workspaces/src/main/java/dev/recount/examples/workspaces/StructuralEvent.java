package dev.recount.examples.workspaces;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.recount.event.EventType;
import dev.recount.event.OccurredAt;
import dev.recount.event.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What changed in the structure of the organisation: replay these from scratch, and it is there. These events are stored, and no others
 * can be: what is only told is an {@link EphemeralEvent}, and what is only shown a {@link CanvasGesture}.
 *
 * <p>Each says <em>under</em> which workspace it happened: the parent that its workspace had then, or {@link Organisation#TOP}. So who may see
 * an event is a question that the store's tags answer.
 */
@JsonNaming(SnakeCaseStrategy.class)
public sealed interface StructuralEvent {

    /** The workspace. */
    String workspaceId();

    /** When, by the clock of whoever did it. */
    Instant at();

    /** A workspace is being set up. */
    @EventType("WORKSPACE_PROVISIONING")
    record WorkspaceProvisioning(
            @Tag("workspace_id") String workspaceId,
            @Tag("under") String under,
            String name,
            int tier,
            @Tag("target_id") @Nullable String parentId,
            @OccurredAt Instant at)
            implements StructuralEvent {
        /** Refuses what lacks a component. */
        public WorkspaceProvisioning {
            Required.component("workspace_id", workspaceId);
            Required.component("under", under);
            Required.component("name", name);
            Required.time("at", at);
        }
    }

    /** A workspace could not be set up. */
    @EventType("WORKSPACE_PROVISION_FAILED")
    record WorkspaceProvisionFailed(
            @Tag("workspace_id") String workspaceId,
            @Tag("under") String under,
            String reason,
            @OccurredAt Instant at) implements StructuralEvent {
        /** Refuses what lacks a component. */
        public WorkspaceProvisionFailed {
            Required.component("workspace_id", workspaceId);
            Required.component("under", under);
            Required.component("reason", reason);
            Required.time("at", at);
        }
    }

    /** A workspace is alive and well, for the first time or again. */
    @EventType("WORKSPACE_ONLINE")
    record WorkspaceOnline(
            @Tag("workspace_id") String workspaceId,
            @Tag("under") String under,
            String url,
            AgentCard agentCard,
            @Nullable Status recoveredFrom,
            @OccurredAt Instant at)
            implements StructuralEvent {
        /** Refuses what lacks a component. */
        public WorkspaceOnline {
            Required.component("workspace_id", workspaceId);
            Required.component("under", under);
            Required.component("url", url);
            Required.component("agent_card", agentCard);
            Required.time("at", at);
        }
    }

    /** A workspace was not heard of for too long. */
    @EventType("WORKSPACE_OFFLINE")
    record WorkspaceOffline(
            @Tag("workspace_id") String workspaceId,
            @Tag("under") String under,
            @OccurredAt Instant at) implements StructuralEvent {
        /** Refuses what lacks a component. */
        public WorkspaceOffline {
            Required.component("workspace_id", workspaceId);
            Required.component("under", under);
            Required.time("at", at);
        }
    }

    /** Too much of what a workspace does fails. */
    @EventType("WORKSPACE_DEGRADED")
    record WorkspaceDegraded(
            @Tag("workspace_id") String workspaceId,
            @Tag("under") String under,
            double errorRate,
            @Nullable String sampleError,
            @OccurredAt Instant at)
            implements StructuralEvent {
        /** Refuses what lacks a component. */
        public WorkspaceDegraded {
            Required.component("workspace_id", workspaceId);
            Required.component("under", under);
            Required.time("at", at);
        }
    }

    /** A workspace is gone, and its agent with it: by itself, or with the one that it was below of. */
    @EventType("WORKSPACE_REMOVED")
    record WorkspaceRemoved(
            @Tag("workspace_id") String workspaceId,
            @Tag("under") String under,
            @Tag("target_id") @Nullable String cascadeFrom,
            @Nullable String forwardedTo,
            @OccurredAt Instant at)
            implements StructuralEvent {
        /** Refuses what lacks a component. */
        public WorkspaceRemoved {
            Required.component("workspace_id", workspaceId);
            Required.component("under", under);
            Required.time("at", at);
        }
    }

    /** A workspace, and all below it, stands elsewhere. It happened under both parents. */
    @EventType("WORKSPACE_MOVED")
    record WorkspaceMoved(
            @Tag("workspace_id") String workspaceId,
            @Tag("under") List<String> under,
            @Nullable String oldParentId,
            @Tag("target_id") @Nullable String newParentId,
            @OccurredAt Instant at)
            implements StructuralEvent {
        /** Refuses what lacks a component. */
        public WorkspaceMoved {
            Required.component("workspace_id", workspaceId);
            under = Required.list("under", under);
            Required.time("at", at);
        }
    }

    /** A workspace became a team of these. */
    @EventType("WORKSPACE_EXPANDED")
    record WorkspaceExpanded(
            @Tag("workspace_id") String workspaceId,
            @Tag("under") String under,
            List<String> children,
            @OccurredAt Instant at)
            implements StructuralEvent {
        /** Refuses what lacks a component. */
        public WorkspaceExpanded {
            Required.component("workspace_id", workspaceId);
            Required.component("under", under);
            children = Required.list("children", children);
            Required.time("at", at);
        }
    }

    /** A team became one workspace again; these are gone. */
    @EventType("WORKSPACE_COLLAPSED")
    record WorkspaceCollapsed(
            @Tag("workspace_id") String workspaceId,
            @Tag("under") String under,
            List<String> removedChildren,
            @OccurredAt Instant at)
            implements StructuralEvent {
        /** Refuses what lacks a component. */
        public WorkspaceCollapsed {
            Required.component("workspace_id", workspaceId);
            Required.component("under", under);
            removedChildren = Required.list("removed_children", removedChildren);
            Required.time("at", at);
        }
    }

    /** A workspace has another name, role or tier. */
    @EventType("WORKSPACE_UPDATED")
    record WorkspaceUpdated(
            @Tag("workspace_id") String workspaceId,
            @Tag("under") String under,
            List<Changed> changes,
            @OccurredAt Instant at)
            implements StructuralEvent {
        /** Refuses what lacks a component. */
        public WorkspaceUpdated {
            Required.component("workspace_id", workspaceId);
            Required.component("under", under);
            changes = Required.list("changes", changes);
            Required.time("at", at);
        }
    }

    /** An agent works in a workspace that had none. */
    @EventType("AGENT_ASSIGNED")
    record AgentAssigned(
            @Tag("workspace_id") String workspaceId,
            @Tag("under") String under,
            @Tag("agent_id") String agentId,
            String model,
            @OccurredAt Instant at)
            implements StructuralEvent {
        /** Refuses what lacks a component. */
        public AgentAssigned {
            Required.component("workspace_id", workspaceId);
            Required.component("under", under);
            Required.component("agent_id", agentId);
            Required.component("model", model);
            Required.time("at", at);
        }
    }

    /** An agent works no more. */
    @EventType("AGENT_REMOVED")
    record AgentRemoved(
            @Tag("workspace_id") String workspaceId,
            @Tag("under") String under,
            @Tag("agent_id") String agentId,
            String reason,
            @OccurredAt Instant at)
            implements StructuralEvent {
        /** Refuses what lacks a component. */
        public AgentRemoved {
            Required.component("workspace_id", workspaceId);
            Required.component("under", under);
            Required.component("agent_id", agentId);
            Required.component("reason", reason);
            Required.time("at", at);
        }
    }

    /** An agent took the place of another one, or the same one runs on another model. */
    @EventType("AGENT_REPLACED")
    record AgentReplaced(
            @Tag("workspace_id") String workspaceId,
            @Tag("under") String under,
            @Tag("agent_id") String agentId,
            String model,
            @Tag("agent_id") String oldAgentId,
            String oldModel,
            @OccurredAt Instant at)
            implements StructuralEvent {
        /** Refuses what lacks a component. */
        public AgentReplaced {
            Required.component("workspace_id", workspaceId);
            Required.component("under", under);
            Required.component("agent_id", agentId);
            Required.component("model", model);
            Required.component("old_agent_id", oldAgentId);
            Required.component("old_model", oldModel);
            Required.time("at", at);
        }
    }

    /** An agent works in another workspace. One event, which both workspaces see. */
    @EventType("AGENT_MOVED")
    record AgentMoved(
            @Tag("agent_id") String agentId,
            @Tag("under") List<String> under,
            @Tag("workspace_id") String fromWorkspaceId,
            @Tag("workspace_id") String toWorkspaceId,
            @OccurredAt Instant at)
            implements StructuralEvent {
        /** Refuses what lacks a component. */
        public AgentMoved {
            Required.component("agent_id", agentId);
            under = Required.list("under", under);
            Required.component("from_workspace_id", fromWorkspaceId);
            Required.component("to_workspace_id", toWorkspaceId);
            Required.time("at", at);
        }

        /** The one that it left. */
        @Override
        public String workspaceId() {
            return fromWorkspaceId;
        }
    }

    /** An agent says something else of itself. */
    @EventType("AGENT_CARD_UPDATED")
    record AgentCardUpdated(
            @Tag("workspace_id") String workspaceId,
            @Tag("under") String under,
            AgentCard agentCard,
            @OccurredAt Instant at)
            implements StructuralEvent {
        /** Refuses what lacks a component. */
        public AgentCardUpdated {
            Required.component("workspace_id", workspaceId);
            Required.component("under", under);
            Required.component("agent_card", agentCard);
            Required.time("at", at);
        }
    }
}
