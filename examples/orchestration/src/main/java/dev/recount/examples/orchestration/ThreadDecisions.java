package dev.recount.examples.orchestration;

import dev.recount.examples.orchestration.ThreadCommand.ArchiveThread;
import dev.recount.examples.orchestration.ThreadCommand.CreateThread;
import dev.recount.examples.orchestration.ThreadCommand.DeleteThread;
import dev.recount.examples.orchestration.ThreadCommand.RenameThread;
import dev.recount.examples.orchestration.ThreadCommand.UnarchiveThread;
import dev.recount.examples.orchestration.ThreadEvent.ThreadArchived;
import dev.recount.examples.orchestration.ThreadEvent.ThreadCreated;
import dev.recount.examples.orchestration.ThreadEvent.ThreadDeleted;
import dev.recount.examples.orchestration.ThreadEvent.ThreadRenamed;
import dev.recount.examples.orchestration.ThreadEvent.ThreadUnarchived;
import java.util.List;

/** What becomes of commands about threads. */
final class ThreadDecisions {

    private ThreadDecisions() {}

    static List<OrchestrationEvent> create(CreateThread command, Orchestration all) {
        Project project = Existing.project(all, command.project());
        Existing.requireUnused(all, "thread:" + command.thread());
        return List.of(new ThreadCreated(project.id(), command.thread(), command.title(), command.occurredAt()));
    }

    static List<OrchestrationEvent> rename(RenameThread command, Orchestration all) {
        ProjectThread thread = Existing.openThread(all, command.thread());
        return thread.title().equals(command.title())
                ? List.of()
                : List.of(new ThreadRenamed(
                        thread.project(), thread.id(), thread.title(), command.title(), command.occurredAt()));
    }

    static List<OrchestrationEvent> archive(ArchiveThread command, Orchestration all) {
        ProjectThread thread = Existing.thread(all, command.thread());
        Existing.requireFree(all, thread);
        return thread.archived()
                ? List.of()
                : List.of(new ThreadArchived(thread.project(), thread.id(), command.occurredAt()));
    }

    static List<OrchestrationEvent> unarchive(UnarchiveThread command, Orchestration all) {
        ProjectThread thread = Existing.thread(all, command.thread());
        return thread.archived()
                ? List.of(new ThreadUnarchived(thread.project(), thread.id(), command.occurredAt()))
                : List.of();
    }

    static List<OrchestrationEvent> delete(DeleteThread command, Orchestration all) {
        ProjectThread thread = Existing.thread(all, command.thread());
        return List.of(new ThreadDeleted(thread.project(), thread.id(), command.occurredAt()));
    }
}
