package dev.recount.examples.orchestration;

import dev.recount.examples.orchestration.OrchestrationRejected.ProjectPathDuplicate;
import dev.recount.examples.orchestration.ProjectCommand.CreateProject;
import dev.recount.examples.orchestration.ProjectCommand.DeleteProject;
import dev.recount.examples.orchestration.ProjectCommand.UpdateProject;
import dev.recount.examples.orchestration.ProjectEvent.ProjectCreated;
import dev.recount.examples.orchestration.ProjectEvent.ProjectDeleted;
import dev.recount.examples.orchestration.ProjectEvent.ProjectUpdated;
import dev.recount.examples.orchestration.ThreadEvent.ThreadDeleted;
import java.util.ArrayList;
import java.util.List;

/** What becomes of commands about projects. */
final class ProjectDecisions {

    private ProjectDecisions() {}

    static List<OrchestrationEvent> create(CreateProject command, Orchestration all) {
        Existing.requireUnused(all, "project:" + command.project());
        requireFreePath(all, command.path(), command.project());
        return List.of(new ProjectCreated(command.project(), command.name(), command.path(), command.occurredAt()));
    }

    static List<OrchestrationEvent> update(UpdateProject command, Orchestration all) {
        Project before = Existing.project(all, command.project());
        Project after = new Project(
                before.id(),
                command.name() == null ? before.name() : command.name(),
                command.path() == null ? before.path() : command.path());
        requireFreePath(all, after.path(), after.id());
        return after.equals(before)
                ? List.of()
                : List.of(new ProjectUpdated(
                        after.id(), after.name(), after.path(), before.path(), command.occurredAt()));
    }

    // Each thread tells its own end, so that a command about it needs to look at the thread alone.
    static List<OrchestrationEvent> delete(DeleteProject command, Orchestration all) {
        Project project = Existing.project(all, command.project());
        List<OrchestrationEvent> events = new ArrayList<>();
        for (ProjectThread thread : all.threadsOf(project.id())) {
            events.add(new ThreadDeleted(project.id(), thread.id(), command.occurredAt()));
        }
        events.add(new ProjectDeleted(project.id(), project.path(), command.occurredAt()));
        return events;
    }

    private static void requireFreePath(Orchestration all, String path, String forProject) {
        all.projectAt(path).filter(other -> !other.id().equals(forProject)).ifPresent(other -> {
            throw new ProjectPathDuplicate(path, other.id());
        });
    }
}
