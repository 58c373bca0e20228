package dev.recount.examples.orchestration.git;

import dev.recount.codec.RecordedEvent;
import dev.recount.examples.orchestration.CheckpointEvent.CheckpointRequested;
import dev.recount.examples.orchestration.CheckpointEvent.RevertedToCheckpoint;
import dev.recount.examples.orchestration.CommitEvent.CommitRequested;
import dev.recount.examples.orchestration.OrchestrationEvent;
import dev.recount.examples.orchestration.ThreadEvent.ThreadDeleted;
import dev.recount.examples.orchestration.TurnEvent.TurnStarted;
import dev.recount.examples.orchestration.git.GitIntent.MakeCommit;
import dev.recount.examples.orchestration.git.GitIntent.RestoreFiles;
import dev.recount.examples.orchestration.git.GitIntent.TakeCheckpoint;
import dev.recount.reaction.Reaction;
import dev.recount.reaction.Reactor;
import java.util.List;

/**
 * Says what is wanted of git. One reactor for all of it, since a reactor does one thing after the other, and a folder has one index.
 *
 * <p>Immutable.
 */
public final class GitReactor implements Reactor<OrchestrationEvent, GitIntent> {

    /** The same for every log. */
    public GitReactor() {}

    @Override
    public String name() {
        return "git";
    }

    @Override
    public List<Reaction<GitIntent>> react(RecordedEvent<OrchestrationEvent> recorded) {
        OrchestrationEvent event = recorded.event();
        if (event instanceof CheckpointRequested wanted) {
            return List.of(Reaction.now(new TakeCheckpoint(wanted.project(), wanted.thread(), wanted.checkpoint())));
        }
        if (event instanceof CommitRequested wanted) {
            return List.of(
                    Reaction.now(new MakeCommit(wanted.project(), wanted.thread(), wanted.commit(), wanted.message())));
        }
        if (event instanceof RevertedToCheckpoint reverted) {
            GitIntent restore = new RestoreFiles(reverted.project(), reverted.thread(), reverted.gitRef());
            return List.of(Reaction.now(restore).under(files(reverted.thread())));
        }
        return givenUp(event);
    }

    // Restoring that failed and waits for its next try must not undo what a later turn does.
    private static List<Reaction<GitIntent>> givenUp(OrchestrationEvent event) {
        if (event instanceof TurnStarted started) {
            return List.of(Reaction.cancel(files(started.thread())));
        }
        return event instanceof ThreadDeleted deleted ? List.of(Reaction.cancel(files(deleted.thread()))) : List.of();
    }

    private static String files(String thread) {
        return "files of " + thread;
    }
}
