package dev.recount.examples.orchestration;

import dev.recount.EventLog;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where projects are now, by what their log says. Thread-safe.
 *
 * @param log their log
 */
public record ProjectFolders(EventLog<OrchestrationEvent> log) implements Function<String, Optional<Path>> {

    /** The folder of a project; empty where there is no such project, or no more. */
    @Override
    public Optional<Path> apply(String project) {
        return log.read(Boundaries.project(project))
                .fold(new OrchestrationProjector())
                .project(project)
                .map(known -> Path.of(known.path()));
    }
}
