package dev.recount.examples.dashboard;

import com.sun.net.httpserver.HttpHandler;
import dev.recount.feed.Feed;
import dev.recount.feed.FeedOptions;
import dev.recount.feed.FeedRequest;
import dev.recount.feed.http.FeedHandler;
import dev.recount.store.Query;
import dev.recount.town.Town;

/** The feed of a town and of its rigs, whose events carry a sentence. Thread-safe. */
final class Feeds implements AutoCloseable {

    private final Feed feed;
    private final HttpHandler town;
    private final HttpHandler rigs;

    private Feeds(Feed feed) {
        this.feed = feed;
        this.town = FeedHandler.of(feed);
        this.rigs = FeedHandler.ofRigs(feed);
    }

    static Feeds of(Town town, TownCourse<?, ?> course) {
        FeedOptions options = FeedOptions.defaults()
                .withPolicy(request -> named(course, request))
                .withEventJson(new SentenceJson<>(course));
        return new Feeds(Feed.of(town, options));
    }

    HttpHandler town() {
        return town;
    }

    /** The rigs by name, for a handler at {@code /api/rigs}. */
    HttpHandler rigs() {
        return rigs;
    }

    @Override
    public void close() {
        feed.close();
    }

    /** Lets {@code bead=gt-1} mean {@code tag=bead:gt-1}. */
    private static Query named(TownCourse<?, ?> course, FeedRequest request) {
        Query query = Query.all();
        for (BoardPlan board : course.system().boards()) {
            for (String id : request.parameters(board.tag())) {
                query = query.and(named(board.tag(), id));
            }
        }
        return query;
    }

    private static Query named(String tag, String id) {
        try {
            return Query.tagged(tag, id);
        } catch (IllegalArgumentException e) {
            throw Asked.invalid(tag, id, "is no id. " + e.getMessage());
        }
    }
}
