package dev.recount.examples.orchestration;

import dev.recount.examples.orchestration.OrchestrationRejected.IdAlreadyExists;
import dev.recount.examples.orchestration.OrchestrationRejected.ProjectNotFound;
import dev.recount.examples.orchestration.OrchestrationRejected.ThreadArchived;
import dev.recount.examples.orchestration.OrchestrationRejected.ThreadBusy;
import dev.recount.examples.orchestration.OrchestrationRejected.ThreadIdle;
import dev.recount.examples.orchestration.OrchestrationRejected.ThreadNotFound;
import dev.recount.examples.orchestration.OrchestrationRejected.TurnNotFound;
import java.util.Optional;

/** What a command is about, or the reason why it is not there. */
final class Existing {

    private Existing() {}

    static Project project(Orchestration all, String project) {
        return all.project(project).orElseThrow(() -> new ProjectNotFound(project));
    }

    static ProjectThread thread(Orchestration all, String thread) {
        return all.thread(thread).orElseThrow(() -> new ThreadNotFound(thread));
    }

    /** A thread in which something may happen. */
    static ProjectThread openThread(Orchestration all, String id) {
        ProjectThread thread = thread(all, id);
        if (thread.archived()) {
            throw new ThreadArchived(id);
        }
        return thread;
    }

    /** A thread in which something may begin. */
    static ProjectThread freeThread(Orchestration all, String id) {
        ProjectThread thread = openThread(all, id);
        requireFree(all, thread);
        return thread;
    }

    static void requireFree(Orchestration all, ProjectThread thread) {
        all.work(thread).ifPresent(work -> {
            throw new ThreadBusy(thread.id(), work.toString());
        });
    }

    /** The turn that goes on, which must be the one that the command names. */
    static Turn activeTurn(Orchestration all, TurnCommand command) {
        ProjectThread thread = thread(all, command.thread());
        Turn turn = all.activeTurn(thread).orElseThrow(() -> new ThreadIdle(thread.id()));
        if (!turn.id().equals(command.turn())) {
            throw new TurnNotFound(thread.id(), command.turn());
        }
        return turn;
    }

    /** The last turn of a thread, which must be over. Files are as an earlier one left them no more. */
    static void requireLastTurn(ProjectThread thread, String turn) {
        if (!thread.lastTurn().equals(Optional.of(turn))) {
            throw new TurnNotFound(thread.id(), turn);
        }
    }

    static void requireUnused(Orchestration all, String kindAndId) {
        if (all.isUsed(kindAndId)) {
            throw new IdAlreadyExists(kindAndId);
        }
    }
}
