package dev.recount.examples.workspaces;

import dev.recount.decider.Decider;
import java.util.List;

/** Decides what becomes of every command. Immutable. */
public final class WorkspaceDecider implements Decider<WorkspaceCommand, Organisation, StructuralEvent> {

    private static final Decider<WorkspaceCommand, Organisation, StructuralEvent> COMMANDS =
            Decider.<WorkspaceCommand, Organisation, StructuralEvent>over(new OrganisationProjector())
                    .on(WorkspaceCommand.ProvisionWorkspace.class, TreeDecisions::provision)
                    .on(WorkspaceCommand.MoveWorkspace.class, TreeDecisions::move)
                    .on(WorkspaceCommand.RemoveWorkspace.class, TreeDecisions::remove)
                    .on(WorkspaceCommand.ExpandWorkspace.class, TreeDecisions::expand)
                    .on(WorkspaceCommand.CollapseWorkspace.class, TreeDecisions::collapse)
                    .on(WorkspaceCommand.UpdateWorkspace.class, TreeDecisions::update)
                    .on(WorkspaceCommand.RegisterWorkspace.class, HealthDecisions::register)
                    .on(WorkspaceCommand.FailProvisioning.class, HealthDecisions::failProvisioning)
                    .on(WorkspaceCommand.ReportHealth.class, HealthDecisions::report)
                    .on(WorkspaceCommand.MarkOffline.class, HealthDecisions::markOffline)
                    .on(WorkspaceCommand.AssignAgent.class, AgentDecisions::assign)
                    .on(WorkspaceCommand.RemoveAgent.class, AgentDecisions::remove)
                    .on(WorkspaceCommand.ReplaceAgent.class, AgentDecisions::replace)
                    .on(WorkspaceCommand.MoveAgent.class, AgentDecisions::move)
                    .on(WorkspaceCommand.UpdateAgentCard.class, AgentDecisions::updateCard);

    /** Decides by the same rules everywhere. */
    public WorkspaceDecider() {}

    @Override
    public Organisation initialState() {
        return COMMANDS.initialState();
    }

    @Override
    public Organisation project(Organisation organisation, StructuralEvent event) {
        return COMMANDS.project(organisation, event);
    }

    @Override
    public List<StructuralEvent> decide(WorkspaceCommand command, Organisation organisation) {
        return COMMANDS.decide(command, organisation);
    }
}
