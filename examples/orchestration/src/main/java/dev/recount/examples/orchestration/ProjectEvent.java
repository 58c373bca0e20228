package dev.recount.examples.orchestration;

import dev.recount.event.EventType;
import dev.recount.event.OccurredAt;
import dev.recount.event.Tag;
import java.time.Instant;

/** What happened to a project. */
public sealed interface ProjectEvent extends OrchestrationEvent {

    /** The project. */
    String project();

    /** A folder is a project. */
    @EventType("project_created")
    record ProjectCreated(
            @Tag("project") String project,
            String name,
            @Tag("path") String path,
            @OccurredAt Instant occurredAt) implements ProjectEvent {
        public ProjectCreated {
            Required.components(project, name, path, occurredAt);
        }
    }

    /** A project has another name or folder; told in full. It is found by the folder that it left, too. */
    @EventType("project_updated")
    record ProjectUpdated(
            @Tag("project") String project,
            String name,
            @Tag("path") String path,
            @Tag("path") String previousPath,
            @OccurredAt Instant occurredAt)
            implements ProjectEvent {
        public ProjectUpdated {
            Required.components(project, name, path, previousPath, occurredAt);
        }
    }

    /** A project is no more, and its folder is free for another one. Its threads were deleted before. */
    @EventType("project_deleted")
    record ProjectDeleted(
            @Tag("project") String project,
            @Tag("path") String path,
            @OccurredAt Instant occurredAt) implements ProjectEvent {
        public ProjectDeleted {
            Required.components(project, path, occurredAt);
        }
    }
}
