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
 * <p>Implementations are called from many threads, once for each request. A stream keeps what it was given, unless events
 * {@linkplain #changedBy change} it.
 */
@FunctionalInterface
public interface FeedPolicy {

    /**
     * What this request may see.
     *
     * @throws FeedRefused where it may see nothing
     */
    Query visibleTo(FeedRequest request);

    /**
     * The events that may change what somebody may see; none by default.
     *
     * <p>Before a stream goes on behind such an event, or sends a broadcast after it, it asks again: so whatever is stored after the event is
     * shown by an answer that was given after it. Where the answer is a refusal then, the stream ends. The client need not see the event
     * itself. For feeds of one rig.
     *
     * <pre>{@code
     * FeedPolicy byTeam = FeedPolicy.changing(Query.ofTypes("member.moved"), request -> teamOf(user(request)));
     * }</pre>
     */
    default Query changedBy() {
        return Query.none();
    }

    /** A policy whose answers {@linkplain #changedBy change} with events. */
    static FeedPolicy changing(Query changedBy, FeedPolicy policy) {
        return new ChangingPolicy(policy, changedBy);
    }

    /** Everybody sees everything. */
    static FeedPolicy everything() {
        return request -> Query.all();
    }
}
