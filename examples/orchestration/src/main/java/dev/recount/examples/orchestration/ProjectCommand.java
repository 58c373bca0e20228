package dev.recount.examples.orchestration;

import dev.recount.store.Query;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Commands about a project. */
public sealed interface ProjectCommand extends OrchestrationCommand {

    /** The project. */
    String project();

    /** Keeps a folder here as a project. */
    record CreateProject(String project, String name, String path, Instant occurredAt) implements ProjectCommand {
        public CreateProject {
            Required.texts(project, name);
            Required.components(occurredAt);
            path = ProjectPath.normalised(path);
        }

        @Override
        public Query boundary() {
            return Boundaries.project(project).or(Boundaries.path(path));
        }
    }

    /** Gives a project another name or folder; null leaves it as it is. */
    record UpdateProject(
            String project, @Nullable String name, @Nullable String path, Instant occurredAt)
            implements ProjectCommand {
        public UpdateProject {
            Required.texts(project);
            if (name != null) {
                Required.texts(name);
            }
            Required.components(occurredAt);
            path = path == null ? null : ProjectPath.normalised(path);
        }

        @Override
        public Query boundary() {
            Query own = Boundaries.project(project);
            return path == null ? own : own.or(Boundaries.path(path));
        }
    }

    /** Removes a project and everything in it; its folder stays. */
    record DeleteProject(String project, Instant occurredAt) implements ProjectCommand {
        public DeleteProject {
            Required.texts(project);
            Required.components(occurredAt);
        }

        @Override
        public Query boundary() {
            return Boundaries.projectAndThreads(project);
        }
    }
}
