package dev.recount.examples.workspaces;

import dev.recount.examples.workspaces.StructuralEvent.AgentAssigned;
import dev.recount.examples.workspaces.StructuralEvent.AgentCardUpdated;
import dev.recount.examples.workspaces.StructuralEvent.AgentMoved;
import dev.recount.examples.workspaces.StructuralEvent.AgentRemoved;
import dev.recount.examples.workspaces.StructuralEvent.AgentReplaced;
import dev.recount.examples.workspaces.WorkspaceCommand.AssignAgent;
import dev.recount.examples.workspaces.WorkspaceCommand.MoveAgent;
import dev.recount.examples.workspaces.WorkspaceCommand.RemoveAgent;
import dev.recount.examples.workspaces.WorkspaceCommand.ReplaceAgent;
import dev.recount.examples.workspaces.WorkspaceCommand.UpdateAgentCard;
import dev.recount.examples.workspaces.WorkspaceRejected.AgentElsewhere;
import dev.recount.examples.workspaces.WorkspaceRejected.AgentNotFound;
import dev.recount.examples.workspaces.WorkspaceRejected.WorkspaceOccupied;
import java.util.List;

/** What becomes of commands about agents, of which a workspace has one at most, and which are in one workspace at most. */
final class AgentDecisions {

    private AgentDecisions() {}

    static List<StructuralEvent> assign(AssignAgent command, Organisation organisation) {
        Workspace workspace = Rules.workspace(organisation, command.workspaceId());
        requireFree(workspace);
        requireAgent(workspace, command.agentId(), command.model(), organisation);
        return List.of(
                new AgentAssigned(workspace.id(), workspace.under(), command.agentId(), command.model(), command.at()));
    }

    static List<StructuralEvent> remove(RemoveAgent command, Organisation organisation) {
        Workspace workspace = Rules.workspace(organisation, command.workspaceId());
        Agent agent = agent(workspace);
        Rules.requireText(workspace.id(), "reason", command.reason());
        return List.of(new AgentRemoved(workspace.id(), workspace.under(), agent.id(), command.reason(), command.at()));
    }

    static List<StructuralEvent> replace(ReplaceAgent command, Organisation organisation) {
        Workspace workspace = Rules.workspace(organisation, command.workspaceId());
        Agent agent = agent(workspace);
        requireAgent(workspace, command.agentId(), command.model(), organisation);
        if (agent.equals(new Agent(command.agentId(), command.model()))) {
            return List.of();
        }
        return List.of(new AgentReplaced(
                workspace.id(),
                workspace.under(),
                command.agentId(),
                command.model(),
                agent.id(),
                agent.model(),
                command.at()));
    }

    static List<StructuralEvent> move(MoveAgent command, Organisation organisation) {
        Workspace from = Rules.workspace(organisation, command.workspaceId());
        Agent agent = agent(from);
        Workspace to = Rules.workspace(organisation, command.toWorkspaceId());
        if (to.id().equals(from.id())) {
            return List.of();
        }
        requireFree(to);
        List<String> under = List.of(from.under(), to.under());
        return List.of(new AgentMoved(agent.id(), under, from.id(), to.id(), command.at()));
    }

    static List<StructuralEvent> updateCard(UpdateAgentCard command, Organisation organisation) {
        Workspace workspace = Rules.workspace(organisation, command.workspaceId());
        return command.agentCard().equals(workspace.profile().card())
                ? List.of()
                : List.of(new AgentCardUpdated(workspace.id(), workspace.under(), command.agentCard(), command.at()));
    }

    private static Agent agent(Workspace workspace) {
        Agent agent = workspace.agent();
        if (agent == null) {
            throw new AgentNotFound(workspace.id());
        }
        return agent;
    }

    private static void requireFree(Workspace workspace) {
        Agent agent = workspace.agent();
        if (agent != null) {
            throw new WorkspaceOccupied(workspace.id(), agent.id());
        }
    }

    private static void requireAgent(Workspace workspace, String agentId, String model, Organisation organisation) {
        Rules.requireId(workspace.id(), "agent id", agentId);
        Rules.requireText(workspace.id(), "model", model);
        organisation
                .placeOf(agentId)
                .filter(place -> !place.id().equals(workspace.id()))
                .ifPresent(place -> {
                    throw new AgentElsewhere(workspace.id(), agentId, place.id());
                });
    }
}
