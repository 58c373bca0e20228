package dev.recount.examples.workspaces;

import dev.recount.examples.workspaces.StructuralEvent.WorkspaceDegraded;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceOffline;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceOnline;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceProvisionFailed;
import dev.recount.examples.workspaces.WorkspaceCommand.FailProvisioning;
import dev.recount.examples.workspaces.WorkspaceCommand.MarkOffline;
import dev.recount.examples.workspaces.WorkspaceCommand.RegisterWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.ReportHealth;
import dev.recount.examples.workspaces.WorkspaceRejected.BadValue;
import dev.recount.examples.workspaces.WorkspaceRejected.WrongStatus;
import java.time.Instant;
import java.util.List;

/** What becomes of signs of life, and of their absence. */
final class HealthDecisions {

    /** From here on it is degraded. */
    static final double DEGRADED_FROM = 0.5;

    /** Below this it is well again; in between it stays what it was, so it does not flutter. */
    static final double WELL_BELOW = 0.1;

    private HealthDecisions() {}

    static List<StructuralEvent> register(RegisterWorkspace command, Organisation organisation) {
        Workspace workspace = Rules.workspace(organisation, command.workspaceId());
        Rules.requireText(workspace.id(), "url", command.url());
        if (isUp(workspace)) {
            throw new WrongStatus(workspace.id(), workspace.status(), "provisioning, failed or offline");
        }
        return List.of(online(workspace, command.url(), command.agentCard(), command.at()));
    }

    static List<StructuralEvent> failProvisioning(FailProvisioning command, Organisation organisation) {
        Workspace workspace = Rules.workspace(organisation, command.workspaceId());
        Rules.requireText(workspace.id(), "reason", command.reason());
        if (workspace.status() != Status.PROVISIONING) {
            throw new WrongStatus(workspace.id(), workspace.status(), "provisioning");
        }
        return List.of(new WorkspaceProvisionFailed(workspace.id(), workspace.under(), command.reason(), command.at()));
    }

    static List<StructuralEvent> report(ReportHealth command, Organisation organisation) {
        Workspace workspace = Rules.workspace(organisation, command.workspaceId());
        double rate = command.errorRate();
        if (!(rate >= 0 && rate <= 1)) {
            throw new BadValue(workspace.id(), "error rate", Double.toString(rate), "a number from 0 to 1");
        }
        return switch (workspace.status()) {
            case ONLINE ->
                rate >= DEGRADED_FROM
                        ? List.of(new WorkspaceDegraded(
                                workspace.id(), workspace.under(), rate, command.sampleError(), command.at()))
                        : List.of();
            case DEGRADED -> rate < WELL_BELOW ? List.of(again(workspace, command.at())) : List.of();
            case OFFLINE -> List.of(again(workspace, command.at()));
            // It has to say where it answers first.
            default -> throw new WrongStatus(workspace.id(), workspace.status(), "registered");
        };
    }

    static List<StructuralEvent> markOffline(MarkOffline command, Organisation organisation) {
        Workspace workspace = Rules.workspace(organisation, command.workspaceId());
        if (workspace.status() == Status.OFFLINE) {
            return List.of();
        }
        if (!isUp(workspace)) {
            throw new WrongStatus(workspace.id(), workspace.status(), "online or degraded");
        }
        return List.of(new WorkspaceOffline(workspace.id(), workspace.under(), command.at()));
    }

    private static boolean isUp(Workspace workspace) {
        return workspace.status() == Status.ONLINE || workspace.status() == Status.DEGRADED;
    }

    private static StructuralEvent again(Workspace workspace, Instant at) {
        String url = workspace.profile().url();
        AgentCard card = workspace.profile().card();
        if (url == null || card == null) {
            throw new WrongStatus(workspace.id(), workspace.status(), "registered");
        }
        return online(workspace, url, card, at);
    }

    private static StructuralEvent online(Workspace workspace, String url, AgentCard card, Instant at) {
        Status from = workspace.status() == Status.PROVISIONING ? null : workspace.status();
        return new WorkspaceOnline(workspace.id(), workspace.under(), url, card, from, at);
    }
}
