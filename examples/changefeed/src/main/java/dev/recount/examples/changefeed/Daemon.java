package dev.recount.examples.changefeed;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.recount.feed.Feed;
import dev.recount.feed.FeedOptions;
import dev.recount.feed.FeedRefused;
import dev.recount.feed.http.FeedHandler;
import dev.recount.feed.http.JsonHandler;
import dev.recount.replay.LiveModel;
import dev.recount.store.EventStore;
import dev.recount.store.sqlite.SqliteEventStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Keeps projects, sessions and pull requests, and shows every change of them to whoever follows. Other processes may write to the same
 * file. Thread-safe. It does not close the store.
 */
public final class Daemon implements AutoCloseable {

    /** Where the feed is. */
    public static final String EVENTS = "/api/v1/events";

    private static final int THREADS = 4;

    private static final HttpHandler NOTHING = exchange ->
            JsonHandler.refuse(exchange, FeedRefused.notFound("There is nothing here. Try " + EVENTS + "."));

    private final Feed feed;
    private final LiveModel<WorkState> model;
    private final HttpServer server;
    private final ExecutorService threads;

    private Daemon(Feed feed, LiveModel<WorkState> model, HttpServer server, ExecutorService threads) {
        this.feed = feed;
        this.model = model;
        this.server = server;
        this.threads = threads;
    }

    /** Starts a daemon over a log. */
    public static Daemon start(SqliteEventStore store, FeedOptions options, InetSocketAddress address)
            throws IOException {
        return start(store, store, options, address);
    }

    /**
     * Starts a daemon whose feed reads from another store.
     *
     * @param fed what the feed reads
     */
    static Daemon start(SqliteEventStore store, EventStore fed, FeedOptions options, InetSocketAddress address)
            throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        server.setExecutor(threads);
        LiveModel<WorkState> model =
                WorkLog.in(store).replay(new WorkProjector()).live();
        Feed feed =
                Feed.of("work", fed, options.withPolicy(new ProjectPolicy(fed)).withEventJson(new ChangeJson()));
        server.createContext(EVENTS, FeedHandler.of(feed));
        server.createContext(Model.PATH, JsonEndpoint.of("GET", new Model(model)));
        server.createContext(Commands.PATH, JsonEndpoint.of("POST", new Commands(store, Clock.systemUTC())));
        server.createContext(Consumers.PATH, JsonEndpoint.of("PUT", new Consumers(store)));
        server.createContext("/", NOTHING);
        server.start();
        return new Daemon(feed, model, server, threads);
    }

    /** Where it is. */
    public URI uri() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getHostString() + ":" + address.getPort());
    }

    /** How many clients follow now. */
    public int clients() {
        return feed.clients();
    }

    /** Lets the clients know, and stops. */
    @Override
    public void close() {
        feed.close();
        server.stop(0);
        threads.shutdown();
        model.close();
    }
}
