package dev.recount.examples.changefeed;

import dev.recount.decider.Decider;
import java.util.List;

/** Decides what becomes of every command. Immutable. */
public final class WorkDecider implements Decider<WorkCommand, WorkState, WorkEvent> {

    private static final Decider<WorkCommand, WorkState, WorkEvent> COMMANDS =
            Decider.<WorkCommand, WorkState, WorkEvent>over(new WorkProjector())
                    .on(WorkCommand.RegisterProject.class, SessionDecisions::register)
                    .on(WorkCommand.CreateSession.class, SessionDecisions::create)
                    .on(WorkCommand.UpdateSession.class, SessionDecisions::update)
                    .on(WorkCommand.CreatePr.class, PrDecisions::create)
                    .on(WorkCommand.UpdatePr.class, PrDecisions::update)
                    .on(WorkCommand.RecordCheck.class, PrDecisions::record)
                    .on(WorkCommand.ChangePrSession.class, PrDecisions::changeSession)
                    .on(WorkCommand.AddReviewThread.class, PrDecisions::add)
                    .on(WorkCommand.ResolveReviewThread.class, PrDecisions::resolve)
                    .on(WorkCommand.RestateProject.class, SessionDecisions::restate)
                    .on(WorkCommand.RestateSession.class, SessionDecisions::restate)
                    .on(WorkCommand.RestatePr.class, PrDecisions::restate);

    /** Decides by the same rules everywhere. */
    public WorkDecider() {}

    @Override
    public WorkState initialState() {
        return COMMANDS.initialState();
    }

    @Override
    public WorkState project(WorkState work, WorkEvent event) {
        return COMMANDS.project(work, event);
    }

    @Override
    public List<WorkEvent> decide(WorkCommand command, WorkState work) {
        return COMMANDS.decide(command, work);
    }
}
