package dev.recount.examples.workspaces;

import dev.recount.examples.workspaces.StructuralEvent.AgentAssigned;
import dev.recount.examples.workspaces.StructuralEvent.AgentCardUpdated;
import dev.recount.examples.workspaces.StructuralEvent.AgentMoved;
import dev.recount.examples.workspaces.StructuralEvent.AgentRemoved;
import dev.recount.examples.workspaces.StructuralEvent.AgentReplaced;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceCollapsed;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceDegraded;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceExpanded;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceMoved;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceOffline;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceOnline;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceProvisionFailed;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceProvisioning;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceRemoved;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceUpdated;
import java.time.Instant;
import java.util.List;

/** Facts, of which tests make histories. */
final class Samples {

    static final Instant AT = Instant.parse("2026-03-03T10:00:00.123456Z");
    static final AgentCard CARD = new AgentCard("Scout", List.of("search", "summaries"));

    private Samples() {}

    static StructuralEvent provisioning(String id) {
        return new WorkspaceProvisioning(id, "/", "The " + id, 2, null, AT);
    }

    static StructuralEvent provisioning(String id, String parent) {
        return new WorkspaceProvisioning(id, parent, "The " + id, 2, parent, AT);
    }

    static StructuralEvent online(String id) {
        return new WorkspaceOnline(id, "/", "http://" + id + ".test", CARD, null, AT);
    }

    static StructuralEvent online(String id, Status from) {
        return new WorkspaceOnline(id, "/", "http://" + id + ".test", CARD, from, AT);
    }

    static StructuralEvent degraded(String id, double rate) {
        return new WorkspaceDegraded(id, "/", rate, "timeout", AT);
    }

    static StructuralEvent offline(String id) {
        return new WorkspaceOffline(id, "/", AT);
    }

    static StructuralEvent failed(String id) {
        return new WorkspaceProvisionFailed(id, "/", "no quota", AT);
    }

    static StructuralEvent removed(String id) {
        return new WorkspaceRemoved(id, "/", null, null, AT);
    }

    static StructuralEvent removed(String id, String under, String from) {
        return new WorkspaceRemoved(id, under, from, null, AT);
    }

    static StructuralEvent assigned(String id, String agent) {
        return new AgentAssigned(id, "/", agent, "small-1", AT);
    }

    /** One of each. */
    static List<StructuralEvent> all() {
        return List.of(
                provisioning("search", "research"),
                failed("search"),
                online("search", Status.OFFLINE),
                offline("search"),
                degraded("search", 0.75),
                new WorkspaceRemoved("search", "research", "research", "archive", AT),
                new WorkspaceMoved("search", List.of("research", "/"), "research", null, AT),
                new WorkspaceExpanded("search", "research", List.of("web", "papers"), AT),
                new WorkspaceCollapsed("search", "research", List.of("web", "papers"), AT),
                new WorkspaceUpdated("search", "research", List.of(new Changed("role", null, "finder")), AT),
                assigned("search", "scout"),
                new AgentRemoved("search", "research", "scout", "tired", AT),
                new AgentReplaced("search", "research", "rover", "large-1", "scout", "small-1", AT),
                new AgentMoved("scout", List.of("research", "/"), "search", "archive", AT),
                new AgentCardUpdated("search", "research", CARD, AT));
    }
}
