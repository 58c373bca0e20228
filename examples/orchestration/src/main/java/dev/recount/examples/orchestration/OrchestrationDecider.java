package dev.recount.examples.orchestration;

import dev.recount.decider.Decider;
import java.util.List;

/** Decides what becomes of every command. Immutable. */
public final class OrchestrationDecider implements Decider<OrchestrationCommand, Orchestration, OrchestrationEvent> {

    private static final Decider<OrchestrationCommand, Orchestration, OrchestrationEvent> COMMANDS =
            Decider.<OrchestrationCommand, Orchestration, OrchestrationEvent>over(new OrchestrationProjector())
                    .on(ProjectCommand.CreateProject.class, ProjectDecisions::create)
                    .on(ProjectCommand.UpdateProject.class, ProjectDecisions::update)
                    .on(ProjectCommand.DeleteProject.class, ProjectDecisions::delete)
                    .on(ThreadCommand.CreateThread.class, ThreadDecisions::create)
                    .on(ThreadCommand.RenameThread.class, ThreadDecisions::rename)
                    .on(ThreadCommand.ArchiveThread.class, ThreadDecisions::archive)
                    .on(ThreadCommand.UnarchiveThread.class, ThreadDecisions::unarchive)
                    .on(ThreadCommand.DeleteThread.class, ThreadDecisions::delete)
                    .on(TurnCommand.StartTurn.class, TurnDecisions::start)
                    .on(TurnCommand.InterruptTurn.class, TurnDecisions::interrupt)
                    .on(TurnCommand.IngestProviderEvent.class, StreamDecisions::ingest)
                    .on(TurnCommand.RespondToApproval.class, TurnDecisions::respond)
                    .on(GitCommand.RequestCheckpoint.class, CheckpointDecisions::request)
                    .on(GitCommand.RecordCheckpoint.class, CheckpointDecisions::record)
                    .on(GitCommand.FailCheckpoint.class, CheckpointDecisions::fail)
                    .on(GitCommand.RevertToCheckpoint.class, CheckpointDecisions::revert)
                    .on(GitCommand.RequestCommit.class, CommitDecisions::request)
                    .on(GitCommand.RecordCommit.class, CommitDecisions::record)
                    .on(GitCommand.FailCommit.class, CommitDecisions::fail);

    /** Decides by the rules of every log. */
    public OrchestrationDecider() {}

    @Override
    public Orchestration initialState() {
        return COMMANDS.initialState();
    }

    @Override
    public Orchestration project(Orchestration all, OrchestrationEvent event) {
        return COMMANDS.project(all, event);
    }

    @Override
    public List<OrchestrationEvent> decide(OrchestrationCommand command, Orchestration all) {
        return COMMANDS.decide(command, all);
    }
}
