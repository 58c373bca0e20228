package dev.recount.examples.changefeed;

import dev.recount.feed.FeedPolicy;
import dev.recount.feed.FeedRefused;
import dev.recount.feed.FeedRequest;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.Locale;

/**
 * {@code ?project=} and {@code ?session=} narrow what a client sees, in the store and before anything is sent. Without them it sees
 * everything. A project is known as soon as any process has registered it. Thread-safe.
 */
final class ProjectPolicy implements FeedPolicy {

    private final EventStore store;

    ProjectPolicy(EventStore store) {
        this.store = store;
    }

    @Override
    public Query visibleTo(FeedRequest request) {
        Query ofProject = narrowed(request, "project");
        request.parameter("project").ifPresent(this::requireKnown);
        return ofProject.and(narrowed(request, "session"));
    }

    private static Query narrowed(FeedRequest request, String name) {
        try {
            return request.parameter(name).map(id -> Query.tagged(name, id)).orElse(Query.all());
        } catch (IllegalArgumentException e) {
            throw FeedRefused.badRequest("INVALID_" + name.toUpperCase(Locale.ROOT), String.valueOf(e.getMessage()))
                    .with("parameter", name);
        }
    }

    private void requireKnown(String project) {
        ReadOptions one = ReadOptions.defaults().withLimit(1);
        if (store.read(Boundaries.registration(project), one).events().isEmpty()) {
            throw FeedRefused.notFound("There is no project '" + project + "'. Name one that exists.")
                    .with("project", project);
        }
    }
}
