package dev.recount.store.postgres;

import com.sun.net.httpserver.HttpServer;
import dev.recount.feed.Feed;
import dev.recount.feed.client.FedEvent;
import dev.recount.feed.client.FeedClient;
import dev.recount.feed.client.FeedFollower;
import dev.recount.feed.client.FeedObserver;
import dev.recount.feed.client.FollowFrom;
import dev.recount.feed.http.FeedHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A client of a feed over HTTP, and all that it was told: sequences of events, reasons of resets. */
final class Follower implements FeedObserver, AutoCloseable {

    private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile String cursor = "";
    private FeedFollower following;

    /** A feed on a port of its own. */
    record Served(Feed feed, HttpServer server, ExecutorService threads) implements AutoCloseable {

        static Served of(Feed feed) throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ExecutorService threads = Executors.newCachedThreadPool();
            server.setExecutor(threads);
            server.createContext("/events", FeedHandler.of(feed));
            server.start();
            return new Served(feed, server, threads);
        }

        FeedClient client() {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/events");
            return FeedClient.of(address).withLongestPause(Duration.ofMillis(200));
        }

        @Override
        public void close() {
            feed.close();
            server.stop(0);
            threads.shutdownNow();
        }
    }

    /** Follows from a cursor; from the start where it is empty. */
    static Follower of(Served served, String cursor) {
        Follower follower = new Follower();
        FeedClient client = served.client();
        follower.following =
                cursor.isEmpty() ? client.follow(FollowFrom.START, follower) : client.follow(cursor, follower);
        return follower;
    }

    @Override
    public void event(FedEvent event) {
        cursor = event.cursor();
        told.add(String.valueOf(event.stored().sequence()));
    }

    @Override
    public void reached(String newCursor) {
        cursor = newCursor;
    }

    @Override
    public FollowFrom reset(String reason, String message) {
        told.add(reason);
        return FollowFrom.START;
    }

    @Override
    public void disconnected(Exception why, Duration pause) {
        refusals.incrementAndGet();
    }

    /** Everything that it was told, in order. */
    List<String> told() {
        return List.copyOf(told);
    }

    /** How often it could not connect, or was cut off. */
    int refusals() {
        return refusals.get();
    }

    String cursor() {
        return cursor;
    }

    @Override
    public void close() {
        following.close();
    }
}
