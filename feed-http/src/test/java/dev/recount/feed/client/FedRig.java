package dev.recount.feed.client;

import com.sun.net.httpserver.HttpServer;
import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.feed.Feed;
import dev.recount.feed.FeedOptions;
import dev.recount.feed.http.FeedHandler;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** A rig's feed behind a real server, which notices soon who has left. */
final class FedRig implements AutoCloseable {

    static final String PATH = "/api/rigs/gastown/events";

    static {
        // The server of JDK 17 sends headers and body apart, and waits 40 ms between.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Feed feed;
    private final HttpServer server;

    private FedRig(Feed feed, HttpServer server) {
        this.feed = feed;
        this.server = server;
    }

    static FedRig of(EventStore store) throws IOException {
        return of(store, options());
    }

    static FeedOptions options() {
        return FeedOptions.defaults().withHeartbeat(Duration.ofMillis(50)).withMaxClients(10_000);
    }

    static FedRig of(EventStore store, FeedOptions options) throws IOException {
        Feed feed = Feed.of("gastown", store, options);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(PATH, FeedHandler.of(feed));
        server.start();
        return new FedRig(feed, server);
    }

    static void append(EventStore store, int count) {
        store.append(Append.of(IntStream.rangeClosed(1, count)
                .mapToObj(
                        i -> NewEvent.of("counted", "{\"number\": " + i + "}").withTags(Tags.of("parity", "p" + i % 2)))
                .toList()));
    }

    static void append(EventStore store, NewEvent... events) {
        store.append(Append.of(List.of(events)));
    }

    Feed feed() {
        return feed;
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        feed.close();
        server.stop(0);
    }
}
