package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.recount.EventLog;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.examples.quickstart.SeatEvent.SeatTaken;
import dev.recount.feed.Feed;
import dev.recount.feed.client.FeedClient;
import dev.recount.feed.client.FeedFollower;
import dev.recount.feed.client.FollowFrom;
import dev.recount.feed.client.RemoteModel;
import dev.recount.feed.http.FeedHandler;
import dev.recount.store.AppendCondition;
import dev.recount.store.EventStore;
import dev.recount.store.memory.MemoryEventStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The samples of the feed's client, run. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeedClientSamplesTest {

    private final EventStore store = MemoryEventStore.create();
    private final Feed served = Feed.of("theatre", store);
    private HttpServer server;
    private FeedClient feed;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/events", FeedHandler.of(served));
        server.start();
        feed = FeedClient.of(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/events"));
        EventLog.of(store, JacksonCodec.of(SeatEvent.class))
                .append(List.of(new SeatTaken("12A", "Ada"), new SeatTaken("12B", "Ben")), AppendCondition.none());
    }

    @AfterEach
    void stop() {
        served.close();
        server.stop(0);
    }

    @Test
    void a_feed_is_named_by_its_url() {
        FeedClient feed = FeedClient.of(URI.create("http://127.0.0.1:8080/api/v1/events?type=seat.taken"))
                .withBearerToken("f7d1c0ffee")
                .withLongestPause(Duration.ofSeconds(10));

        assertThat(feed).isNotNull();
    }

    @Test
    void a_feed_is_followed() throws Exception {
        Duration limit = Duration.ofMillis(1);

        try (FeedFollower follower = feed.follow(FollowFrom.START, new GuestList())) {
            follower.awaitEnd(limit);
        }
    }

    @Test
    void a_feed_is_followed_on_from_what_was_saved() throws Exception {
        GuestList guests = new GuestList();
        try (FeedFollower follower = feed.follow(FollowFrom.START, guests)) {
            while (!guests.saved().cursor().startsWith("2-")) {
                assertThat(follower.awaitEnd(Duration.ofMillis(1))).isFalse();
            }
        }
        assertThat(guests.saved().arrived()).hasSize(2);

        try (FeedFollower follower = feed.follow(guests.saved().cursor(), guests)) {
            assertThat(follower.isRunning()).isTrue();
        }
    }

    @Test
    void a_read_model_is_rebuilt_from_a_feed() throws Exception {
        String guest = "";
        try (RemoteModel<Map<String, String>> plan = feed.model(JacksonCodec.of(SeatEvent.class), new SeatPlan())) {
            if (plan.whenApplied("theatre", 2, Duration.ofSeconds(30))) {
                guest = plan.state().get("12A");
            }
        }
        assertThat(guest).isEqualTo("Ada");
    }
}
