package dev.recount.examples.orchestration;

import dev.recount.examples.orchestration.CommitEvent.ChangesCommitted;
import dev.recount.examples.orchestration.CommitEvent.CommitFailed;
import dev.recount.examples.orchestration.CommitEvent.CommitRequested;
import dev.recount.examples.orchestration.GitCommand.FailCommit;
import dev.recount.examples.orchestration.GitCommand.RecordCommit;
import dev.recount.examples.orchestration.GitCommand.RequestCommit;
import dev.recount.examples.orchestration.OrchestrationRejected.BlankGitRef;
import dev.recount.examples.orchestration.OrchestrationRejected.CommitNotFound;
import java.util.List;

/** What becomes of commands about commits. */
final class CommitDecisions {

    private CommitDecisions() {}

    static List<OrchestrationEvent> request(RequestCommit command, Orchestration all) {
        ProjectThread thread = Existing.freeThread(all, command.thread());
        Existing.requireLastTurn(thread, command.turn());
        Existing.requireUnused(all, "commit:" + command.commit());
        return List.of(new CommitRequested(
                thread.project(),
                thread.id(),
                command.turn(),
                command.commit(),
                command.message(),
                command.occurredAt()));
    }

    static List<OrchestrationEvent> record(RecordCommit command, Orchestration all) {
        String item = "commit:" + command.commit();
        if (command.gitRef().isBlank()) {
            throw new BlankGitRef(item);
        }
        ProjectThread thread = Existing.thread(all, command.thread());
        GitCommit commit = in(thread, command.commit(), all);
        if (command.gitRef().equals(commit.gitRef())) {
            return List.of();
        }
        CheckpointDecisions.requireOpen(item, commit.outcome(), commit.gitRef());
        return List.of(new ChangesCommitted(
                thread.project(), thread.id(), commit.turn(), commit.id(), command.gitRef(), command.occurredAt()));
    }

    static List<OrchestrationEvent> fail(FailCommit command, Orchestration all) {
        ProjectThread thread = Existing.thread(all, command.thread());
        GitCommit commit = in(thread, command.commit(), all);
        if (command.reason().equals(commit.reason())) {
            return List.of();
        }
        CheckpointDecisions.requireOpen("commit:" + commit.id(), commit.outcome(), commit.gitRef());
        return List.of(new CommitFailed(
                thread.project(), thread.id(), commit.turn(), commit.id(), command.reason(), command.occurredAt()));
    }

    private static GitCommit in(ProjectThread thread, String commit, Orchestration all) {
        return all.commit(commit)
                .filter(known -> known.thread().equals(thread.id()))
                .orElseThrow(() -> new CommitNotFound(thread.id(), commit));
    }
}
