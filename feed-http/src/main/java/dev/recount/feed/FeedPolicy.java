package dev.recount.feed;

import dev.recount.store.Query;

/**
 * Who may see what: turns a request into the query whose events it may see, or refuses it.
 *
 * <p>The query restricts every read in the store, so nothing outside it is ever buffered or sent, in pages, history, live and
 * broadcasts alike. The client's own filters only narrow it.
 *
 * <pre>{@code
 * FeedPolicy byProject = request -> {
 *     String project = request.parameter("project").orElseThrow(() -> FeedRefused.forbidden("Name a project."));
 *     if (!projects.contains(project)) {
 *         throw FeedRefused.notFound("There is no project '" + project + "'. Ask for one that exists.");
 *     }
 *     return Query.tagged("project", project);
 * };
 * }</pre>
 *
 * <p>Implementations are called from many threads, once for each request; a stream keeps what it was given.
 */
@FunctionalInterface
public interface FeedPolicy {

    /**
     * What this request may see.
     *
     * @throws FeedRefused where it may see nothing
     */
    Query visibleTo(FeedRequest request);

    /** Everybody sees everything. */
    static FeedPolicy everything() {
        return request -> Query.all();
    }
}
