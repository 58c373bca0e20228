package dev.recount.examples.workspaces;

import dev.recount.decider.Projector;
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
import dev.recount.examples.workspaces.Workspace.Health;
import dev.recount.examples.workspaces.Workspace.Profile;
import java.util.function.UnaryOperator;

/** Computes the organisation from the events. It takes every event that a log can hold, also of a workspace it has not seen. Immutable. */
public final class OrganisationProjector implements Projector<Organisation, StructuralEvent> {

    private static final Projector<Organisation, StructuralEvent> EVENTS =
            Projector.<Organisation, StructuralEvent>startingWith(Organisation.empty())
                    .on(
                            WorkspaceProvisioning.class,
                            (all, e) -> all.with(
                                    Workspace.provisioning(e.workspaceId(), e.parentId(), e.name(), e.tier(), e.at())))
                    .on(
                            WorkspaceProvisionFailed.class,
                            (all, e) -> change(all, e, w -> w.now(Status.FAILED, new Health(0, e.reason()), e.at())))
                    .on(
                            WorkspaceOnline.class,
                            (all, e) -> change(
                                    all,
                                    e,
                                    w -> w.now(Status.ONLINE, Health.GOOD, e.at())
                                            .with(w.profile().with(e.url(), e.agentCard()), e.at())))
                    .on(
                            WorkspaceOffline.class,
                            (all, e) -> change(all, e, w -> w.now(Status.OFFLINE, w.health(), e.at())))
                    .on(
                            WorkspaceDegraded.class,
                            (all, e) -> change(
                                    all,
                                    e,
                                    w -> w.now(Status.DEGRADED, new Health(e.errorRate(), e.sampleError()), e.at())))
                    .on(WorkspaceRemoved.class, (all, e) -> change(all, e, w -> w.removed(e.forwardedTo(), e.at())))
                    .on(WorkspaceMoved.class, (all, e) -> change(all, e, w -> w.below(e.newParentId(), e.at())))
                    .on(WorkspaceExpanded.class, (all, e) -> change(all, e, w -> w.expanded(true, e.at())))
                    .on(WorkspaceCollapsed.class, (all, e) -> change(all, e, w -> w.expanded(false, e.at())))
                    .on(
                            WorkspaceUpdated.class,
                            (all, e) -> change(all, e, w -> w.with(updated(w.profile(), e), e.at())))
                    .on(
                            AgentAssigned.class,
                            (all, e) -> change(all, e, w -> w.with(new Agent(e.agentId(), e.model()), e.at())))
                    .on(AgentRemoved.class, (all, e) -> change(all, e, w -> w.with((Agent) null, e.at())))
                    .on(
                            AgentReplaced.class,
                            (all, e) -> change(all, e, w -> w.with(new Agent(e.agentId(), e.model()), e.at())))
                    .on(AgentMoved.class, OrganisationProjector::moved)
                    .on(
                            AgentCardUpdated.class,
                            (all, e) -> change(
                                    all,
                                    e,
                                    w -> w.with(w.profile().with(w.profile().url(), e.agentCard()), e.at())));

    /** The same for everybody. */
    public OrganisationProjector() {}

    @Override
    public Organisation initialState() {
        return EVENTS.initialState();
    }

    @Override
    public Organisation project(Organisation organisation, StructuralEvent event) {
        return EVENTS.project(organisation, event);
    }

    private static Organisation change(
            Organisation organisation, StructuralEvent event, UnaryOperator<Workspace> change) {
        return organisation
                .workspace(event.workspaceId())
                .map(workspace -> organisation.with(change.apply(workspace)))
                .orElse(organisation);
    }

    private static Profile updated(Profile profile, WorkspaceUpdated event) {
        Profile updated = profile;
        for (Changed change : event.changes()) {
            updated = updated.with(change);
        }
        return updated;
    }

    private static Organisation moved(Organisation organisation, AgentMoved event) {
        Agent agent = organisation
                .workspace(event.fromWorkspaceId())
                .map(Workspace::agent)
                .orElse(null);
        Organisation left = change(organisation, event, from -> from.with((Agent) null, event.at()));
        return left.workspace(event.toWorkspaceId())
                .map(to -> left.with(to.with(agent, event.at())))
                .orElse(left);
    }
}
