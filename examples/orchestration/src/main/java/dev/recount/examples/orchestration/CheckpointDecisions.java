package dev.recount.examples.orchestration;

import dev.recount.examples.orchestration.CheckpointEvent.CheckpointCreated;
import dev.recount.examples.orchestration.CheckpointEvent.CheckpointFailed;
import dev.recount.examples.orchestration.CheckpointEvent.CheckpointRequested;
import dev.recount.examples.orchestration.CheckpointEvent.RevertedToCheckpoint;
import dev.recount.examples.orchestration.GitCommand.FailCheckpoint;
import dev.recount.examples.orchestration.GitCommand.RecordCheckpoint;
import dev.recount.examples.orchestration.GitCommand.RequestCheckpoint;
import dev.recount.examples.orchestration.GitCommand.RevertToCheckpoint;
import dev.recount.examples.orchestration.OrchestrationRejected.BlankGitRef;
import dev.recount.examples.orchestration.OrchestrationRejected.CheckpointNotFound;
import dev.recount.examples.orchestration.OrchestrationRejected.OutcomeAlreadyRecorded;
import dev.recount.examples.orchestration.OrchestrationRejected.ThreadBusy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of commands about checkpoints. */
final class CheckpointDecisions {

    private CheckpointDecisions() {}

    static List<OrchestrationEvent> request(RequestCheckpoint command, Orchestration all) {
        ProjectThread thread = Existing.freeThread(all, command.thread());
        Existing.requireLastTurn(thread, command.turn());
        Existing.requireUnused(all, "checkpoint:" + command.checkpoint());
        return List.of(new CheckpointRequested(
                thread.project(), thread.id(), command.turn(), command.checkpoint(), command.occurredAt()));
    }

    static List<OrchestrationEvent> record(RecordCheckpoint command, Orchestration all) {
        String item = "checkpoint:" + command.checkpoint();
        if (command.gitRef().isBlank()) {
            throw new BlankGitRef(item);
        }
        ProjectThread thread = Existing.thread(all, command.thread());
        Checkpoint checkpoint = in(thread, command.checkpoint(), all);
        if (command.gitRef().equals(checkpoint.gitRef())) {
            return List.of();
        }
        requireOpen(item, checkpoint.outcome(), checkpoint.gitRef());
        return List.of(new CheckpointCreated(
                thread.project(),
                thread.id(),
                checkpoint.turn(),
                checkpoint.id(),
                command.gitRef(),
                command.occurredAt()));
    }

    static List<OrchestrationEvent> fail(FailCheckpoint command, Orchestration all) {
        ProjectThread thread = Existing.thread(all, command.thread());
        Checkpoint checkpoint = in(thread, command.checkpoint(), all);
        if (command.reason().equals(checkpoint.reason())) {
            return List.of();
        }
        requireOpen("checkpoint:" + checkpoint.id(), checkpoint.outcome(), checkpoint.gitRef());
        return List.of(new CheckpointFailed(
                thread.project(),
                thread.id(),
                checkpoint.turn(),
                checkpoint.id(),
                command.reason(),
                command.occurredAt()));
    }

    // Not while an agent works; what is still wanted of git after the checkpoint is given up by it.
    static List<OrchestrationEvent> revert(RevertToCheckpoint command, Orchestration all) {
        ProjectThread thread = Existing.openThread(all, command.thread());
        all.activeTurn(thread).ifPresent(turn -> {
            throw new ThreadBusy(thread.id(), "turn:" + turn.id());
        });
        String gitRef = in(thread, command.checkpoint(), all).gitRef();
        if (gitRef == null) {
            throw new CheckpointNotFound(thread.id(), command.checkpoint());
        }
        List<String> removedTurns = thread.after(Item.checkpoint(command.checkpoint())).stream()
                .filter(item -> item.kind() == Item.Kind.TURN)
                .map(Item::id)
                .toList();
        return List.of(new RevertedToCheckpoint(
                thread.project(), thread.id(), command.checkpoint(), gitRef, removedTurns, command.occurredAt()));
    }

    static void requireOpen(String item, GitOutcome outcome, @Nullable String gitRef) {
        if (outcome != GitOutcome.REQUESTED) {
            throw new OutcomeAlreadyRecorded(item, gitRef == null ? outcome.word() : gitRef);
        }
    }

    private static Checkpoint in(ProjectThread thread, String checkpoint, Orchestration all) {
        return all.checkpoint(checkpoint)
                .filter(known -> known.thread().equals(thread.id()))
                .orElseThrow(() -> new CheckpointNotFound(thread.id(), checkpoint));
    }
}
