package dev.recount.store.postgres;

import com.sun.net.httpserver.HttpServer;
import dev.recount.feed.Feed;
import dev.recount.feed.client.FedEvent;
import dev.recount.feed.client.FeedClient;
import dev.recount.feed.client.FeedFollower;
import dev.recount.feed.client.FeedObserver;
import dev.recount.feed.client.FollowFrom;
import dev.recount.feed.http.FeedHandler;
import dev.recount.town.Town;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A town's feed, and a client that follows it by server-sent events from its start. */
final class FollowedFeed implements AutoCloseable, FeedObserver {

    private final List<Long> sequences = new CopyOnWriteArrayList<>();
    private final List<String> resets = new CopyOnWriteArrayList<>();
    private final Feed feed;
    private final HttpServer server;
    private final FeedFollower follower;

    FollowedFeed(Town town) throws IOException {
        feed = Feed.of(town);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/events", FeedHandler.of(feed));
        server.start();
        follower = FeedClient.of(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/events"))
                .follow(FollowFrom.START, this);
    }

    @Override
    public void event(FedEvent event) {
        sequences.add(event.stored().sequence());
    }

    @Override
    public FollowFrom reset(String reason, String message) {
        resets.add(reason + ": " + message);
        return FollowFrom.START;
    }

    /** What came, in the order in which it came, once it is as many; and what the client was told to forget. */
    List<Long> sequences(long count) throws Exception {
        Sql.await(count + " events came", () -> sequences.size() >= count);
        return new ArrayList<>(sequences);
    }

    List<String> resets() {
        return resets;
    }

    @Override
    public void close() {
        follower.close();
        feed.close();
        server.stop(0);
    }
}
