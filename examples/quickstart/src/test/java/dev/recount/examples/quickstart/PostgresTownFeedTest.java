package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.recount.event.NewEvent;
import dev.recount.feed.Feed;
import dev.recount.feed.client.FedEvent;
import dev.recount.feed.client.FeedClient;
import dev.recount.feed.client.FeedFollower;
import dev.recount.feed.client.FeedObserver;
import dev.recount.feed.client.FollowFrom;
import dev.recount.feed.http.FeedHandler;
import dev.recount.store.Append;
import dev.recount.store.postgres.PostgresOptions;
import dev.recount.store.postgres.PostgresTown;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A town in PostgreSQL behind a feed, as a town of files is. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresTownFeedTest {

    private static final PostgresOptions OPTIONS =
            PostgresOptions.defaults().withSchema("followed").withBusyTimeout(Duration.ofSeconds(60));
    private static final int APPENDS = 30;
    private static final List<String> RIGS = List.of("beads", "gastown", "wyvern");

    /** What a follower was told: the sequences of each rig in the order in which they came. */
    private static final class Told implements FeedObserver {

        private final Map<String, List<Long>> sequences = new TreeMap<>();
        private final List<String> resets = new ArrayList<>();
        private final CountDownLatch missing;

        Told(int expected) {
            this.missing = new CountDownLatch(expected);
        }

        @Override
        public void event(FedEvent event) {
            sequences
                    .computeIfAbsent(event.rig(), rig -> new ArrayList<>())
                    .add(event.stored().sequence());
            missing.countDown();
        }

        @Override
        public FollowFrom reset(String reason, String message) {
            resets.add(reason);
            return FollowFrom.START;
        }
    }

    @Test
    void a_town_is_followed_while_two_write_and_nothing_is_lost_or_comes_twice() throws Exception {
        try (EmbeddedPostgres postgres = Postgres.start();
                PostgresTown town = PostgresTown.open(postgres.getPostgresDatabase(), OPTIONS);
                Feed feed = Feed.of(town)) {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/events", FeedHandler.of(feed));
            server.start();
            Told told = new Told(2 * APPENDS * 3);

            try (FeedFollower follower = client(server).follow(FollowFrom.START, told)) {
                CompletableFuture<Void> one = write(postgres.getPostgresDatabase());
                CompletableFuture<Void> other = write(postgres.getPostgresDatabase());
                one.get(60, TimeUnit.SECONDS);
                other.get(60, TimeUnit.SECONDS);
                assertThat(told.missing.await(60, TimeUnit.SECONDS)).isTrue();
                assertThat(follower.awaitEnd(Duration.ofMillis(1))).isFalse();
            } finally {
                server.stop(0);
            }

            assertThat(told.resets).isEmpty();
            assertThat(told.sequences.keySet()).containsExactlyElementsOf(RIGS);
            told.sequences.forEach((rig, sequences) -> assertThat(sequences)
                    .as(rig)
                    .isEqualTo(LongStream.rangeClosed(1, town.rig(rig).info().head())
                            .boxed()
                            .toList()));
        }
    }

    private static FeedClient client(HttpServer server) {
        return FeedClient.of(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/events"));
    }

    /** A program of its own: rigs in turn, three events at a time. */
    private static CompletableFuture<Void> write(DataSource source) {
        return CompletableFuture.runAsync(() -> {
            try (PostgresTown town = PostgresTown.open(source, OPTIONS)) {
                NewEvent event = NewEvent.of("bead.created", "{}");
                for (int i = 0; i < APPENDS; i++) {
                    town.rig(RIGS.get(i % RIGS.size())).append(Append.of(List.of(event, event, event)));
                }
            }
        });
    }
}
