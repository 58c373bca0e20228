package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.feed.Feed;
import dev.recount.feed.FeedOptions;
import dev.recount.feed.FeedPolicy;
import dev.recount.feed.FeedRefused;
import dev.recount.feed.FeedRequest;
import dev.recount.feed.FeedResponse;
import dev.recount.feed.http.FeedHandler;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.memory.MemoryEventStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The samples of feed-http, run. {@link DocumentationTest} sees to it that none is missing here. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeedSamplesTest {

    private final EventStore store = MemoryEventStore.create();

    @Test
    void a_feed_is_embedded_in_three_lines() throws Exception {
        store.append(Append.of(List.of(NewEvent.of("bead.created", "{}"))));

        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/events", FeedHandler.of(Feed.of("gastown", store)));
        server.start();

        try {
            String page = read("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/events");
            assertThat(page).startsWith("{\"events\":[{\"sequence\":1,\"rig\":\"gastown\",\"type\":\"bead.created\"");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_policy_says_who_sees_what() {
        Set<String> projects = Set.of("mayor");

        FeedPolicy byProject = request -> {
            String project = request.parameter("project").orElseThrow(() -> FeedRefused.forbidden("Name a project."));
            if (!projects.contains(project)) {
                throw FeedRefused.notFound("There is no project '" + project + "'. Ask for one that exists.");
            }
            return Query.tagged("project", project);
        };

        assertThat(byProject.visibleTo(FeedRequest.of("GET", Map.of(), "project=mayor")))
                .isEqualTo(Query.tagged("project", "mayor"));
        assertThatThrownBy(() -> byProject.visibleTo(FeedRequest.of("GET", Map.of(), "project=king")))
                .isInstanceOfSatisfying(
                        FeedRefused.class,
                        refused -> assertThat(refused.status()).isEqualTo(404));
    }

    @Test
    void a_refusal_carries_details_for_programs() {
        assertThatThrownBy(() -> {
                    throw FeedRefused.notFound("There is no project 'mayor'. Ask for one that exists.")
                            .with("project", "mayor");
                })
                .isInstanceOfSatisfying(
                        FeedRefused.class,
                        refused -> assertThat(refused.details()).containsEntry("project", "mayor"));
    }

    @Test
    void a_feed_is_asked_without_a_server() throws IOException {
        FeedOptions options = FeedOptions.defaults()
                .withPolicy(request ->
                        Query.tagged("project", request.parameter("project").orElse("mayor")))
                .withBearerToken("f7d1c0ffee")
                .withHeartbeat(Duration.ofSeconds(5));
        FeedRequest request = FeedRequest.of(
                        "GET", Map.of("Accept", List.of("text/event-stream")), "type=bead.closed&after=412")
                .within(Query.tagged("project", "mayor"));

        try (Feed feed = Feed.of("gastown", store, options);
                FeedResponse refused = feed.answer(request)) {
            feed.broadcast(NewEvent.of("agent.output", "{\"text\":\"...\"}").withTags(Tags.of("agent", "toast")));
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            refused.writeTo(body);

            assertThat(refused.status()).isEqualTo(401);
            assertThat(body.toString(StandardCharsets.UTF_8)).startsWith("{\"code\":\"UNAUTHORIZED\"");
        }
    }

    private static String read(String url) throws IOException {
        try (InputStream body = URI.create(url).toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
