package dev.recount.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.recount.feed.Feed;
import dev.recount.feed.FeedOptions;
import dev.recount.feed.client.FedEvent;
import dev.recount.feed.client.FeedClient;
import dev.recount.feed.client.FeedFollower;
import dev.recount.feed.client.FeedObserver;
import dev.recount.feed.client.FollowFrom;
import dev.recount.feed.http.FeedHandler;
import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.StoreUnavailable;
import dev.recount.store.postgres.PostgresEventStore;
import dev.recount.store.postgres.PostgresOptions;
import dev.recount.store.sqlite.SqliteEventStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A client of the feed holds a cursor of the file, and goes on with it in the database. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(300)
class PromotedFeedTest {

    private static final String PATH = "/api/rigs/plane/events";
    private static final int AFTER_THE_MOVE = 10;

    private final String schema = Postgres.schema();

    @TempDir
    Path folder;

    @Test
    void a_client_that_held_a_cursor_before_a_promotion_is_told_every_event_once() throws Exception {
        Path rig = Rigs.seats(folder, 5);
        Told told = new Told();
        CompletableFuture<Long> writer;
        FeedFollower before;
        try (SqliteEventStore file = SqliteEventStore.open(rig);
                Served served = Served.of(file);
                FeedFollower client = served.client().follow(FollowFrom.START, told)) {
            before = client;
            writer = CompletableFuture.supplyAsync(() -> appendHereAndThenThere(file));
            told.await(20);
            assertThat(Cli.run("promote", rig, "--to", Postgres.url(), "--schema", schema, "--json")
                            .json()
                            .path("verified")
                            .booleanValue())
                    .isTrue();
            assertThat(writer.get(60, TimeUnit.SECONDS)).isPositive();
        }

        long head = writer.get();
        try (PostgresEventStore database = database();
                Served served = Served.of(database);
                FeedFollower client = served.client().follow(before.cursor(), told)) {
            told.await(head);
            assertThat(client.failure()).isEmpty();
        }

        assertThat(told.resets).isEmpty();
        assertThat(told.all)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, head).boxed().toList());
    }

    /** What is refused at the seal goes to the database, once that takes it; returns the last sequence. */
    private long appendHereAndThenThere(EventStore file) {
        EventStore place = file;
        int left = AFTER_THE_MOVE;
        long last = 0;
        for (int i = 6; left > 0; i++) {
            Append append = Append.of(List.of(Rigs.seat(i))).withReceipt("seat-" + i);
            Appended appended = null;
            while (appended == null) {
                try {
                    appended = place.append(append);
                } catch (StoreUnavailable moved) {
                    place = place == file ? database() : place;
                }
            }
            assertThat(appended.first()).isEqualTo(last == 0 ? appended.first() : last + 1);
            last = appended.last();
            left -= place == file ? 0 : 1;
        }
        place.close();
        return last;
    }

    private PostgresEventStore database() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(Postgres.url());
        return PostgresEventStore.open(
                source, "plane", PostgresOptions.defaults().withSchema(schema));
    }

    /** A feed behind a real server. */
    private record Served(Feed feed, HttpServer server) implements AutoCloseable {

        static Served of(EventStore store) throws IOException {
            Feed feed = Feed.of("plane", store, FeedOptions.defaults().withHeartbeat(Duration.ofMillis(50)));
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(PATH, FeedHandler.of(feed));
            server.start();
            return new Served(feed, server);
        }

        FeedClient client() {
            String host = "http://127.0.0.1:" + server.getAddress().getPort();
            return FeedClient.of(URI.create(host + PATH)).withLongestPause(Duration.ofMillis(1));
        }

        @Override
        public void close() {
            feed.close();
            server.stop(0);
        }
    }

    /** Keeps what it is told. */
    private static final class Told implements FeedObserver {

        private final BlockingQueue<Long> queue = new LinkedBlockingQueue<>();
        private final List<String> resets = new ArrayList<>();
        private final List<Long> all = new ArrayList<>();

        @Override
        public void event(FedEvent event) {
            queue.add(event.stored().sequence());
        }

        @Override
        public FollowFrom reset(String reason, String message) {
            resets.add(reason);
            return FollowFrom.HEAD;
        }

        void await(long sequence) throws InterruptedException {
            while (all.isEmpty() || all.get(all.size() - 1) < sequence) {
                Long next = queue.poll(60, TimeUnit.SECONDS);
                assertThat(next).as("after %s", all).isNotNull();
                all.add(next);
            }
        }
    }
}
