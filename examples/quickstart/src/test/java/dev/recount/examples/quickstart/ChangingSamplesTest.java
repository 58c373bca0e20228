package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.recount.feed.FeedPolicy;
import dev.recount.feed.FeedRequest;
import dev.recount.feed.http.JsonHandler;
import dev.recount.reaction.Postponed;
import dev.recount.store.Query;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Samples of policies that change, of a host's own resources, and of effects that are too early. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChangingSamplesTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private record Projects(String json) {}

    @Test
    void a_policy_that_changes_with_events() {
        FeedPolicy byTeam = FeedPolicy.changing(Query.ofTypes("member.moved"), request -> teamOf(user(request)));

        assertThat(byTeam.changedBy()).isEqualTo(Query.ofTypes("member.moved"));
        assertThat(byTeam.visibleTo(FeedRequest.of("GET", Map.of(), null))).isEqualTo(Query.tagged("team", "of ann"));
    }

    private static String user(FeedRequest request) {
        return request.header("X-User").orElse("ann");
    }

    private static Query teamOf(String user) {
        return Query.tagged("team", "of " + user);
    }

    @Test
    void a_resource_of_the_hosts_own() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Projects projects = new Projects("[]");

        server.createContext("/api/v1/projects", JsonHandler.of("GET", exchange -> projects.json()));

        server.start();
        try (var answer = java.net
                .URI
                .create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/projects")
                .toURL()
                .openStream()) {
            assertThat(answer.readAllBytes()).isEqualTo(new byte[] {'[', ']'});
        } finally {
            server.stop(0);
        }
    }

    @Test
    void an_effect_that_is_too_early() {
        Instant now = Instant.parse("2026-03-03T10:00:00Z");

        assertThatExceptionOfType(Postponed.class)
                .isThrownBy(() -> awaitSilence(now.minusSeconds(1), now))
                .satisfies(postponed -> assertThat(postponed.until()).isEqualTo(now.plusSeconds(59)));
    }

    private static void awaitSilence(Instant lastHeard, Instant now) throws Postponed {
        if (lastHeard.plus(LIMIT).isAfter(now)) {
            throw Postponed.until(lastHeard.plus(LIMIT));
        }
    }
}
