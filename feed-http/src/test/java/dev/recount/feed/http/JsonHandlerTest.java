package dev.recount.feed.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import dev.recount.decider.CommandRejected;
import dev.recount.feed.FeedRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JsonHandlerTest {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(60)).build();

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private HttpResponse<String> ask(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void an_answer_has_the_headers_of_the_feed_and_the_id_of_its_request() throws Exception {
        server.createContext("/seats", JsonHandler.of("GET", exchange -> "{\"free\":3}"));

        HttpResponse<String> answer = ask("GET", "/seats", "X-Request-Id", "r-1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"free\":3}");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json; charset=utf-8");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache, no-transform");
        assertThat(answer.headers().firstValue("X-Request-Id")).contains("r-1");
        assertThat(ask("GET", "/seats").headers().firstValue("X-Request-Id"))
                .hasValueSatisfying(id -> assertThat(id).hasSize(36));
    }

    @Test
    void what_is_refused_comes_in_the_envelope_of_the_feed() throws Exception {
        server.createContext("/seats", JsonHandler.of("GET", exchange -> {
            throw FeedRefused.of(410, "SEAT_GONE", "Seat 12A is no more. Take another.")
                    .with("seat", "12A");
        }));

        HttpResponse<String> answer = ask("GET", "/seats", "X-Request-Id", "r-1");

        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"code\":\"SEAT_GONE\",\"message\":\"Seat 12A is no more. Take another.\",\"requestId\":\"r-1\","
                                + "\"details\":{\"seat\":\"12A\"}}");
    }

    @Test
    void what_rules_refuse_is_a_conflict_unless_the_host_says_otherwise() throws Exception {
        JsonHandler seats = JsonHandler.of("POST", exchange -> {
            throw new SeatTaken();
        });
        server.createContext("/seats", seats);
        server.createContext(
                "/chairs",
                seats.translating(failure ->
                        failure instanceof SeatTaken ? FeedRefused.notFound("There is no such chair.") : failure));

        assertThat(ask("POST", "/seats").statusCode()).isEqualTo(409);
        assertThat(ask("POST", "/seats").body()).contains("\"code\":\"SEAT_TAKEN\"", "Seat 12A is taken.");
        assertThat(ask("POST", "/chairs").statusCode()).isEqualTo(404);
    }

    @Test
    void a_failure_tells_nothing_of_the_inside() throws Exception {
        server.createContext("/seats", JsonHandler.of("GET", exchange -> {
            throw new IllegalStateException("the secret of the house");
        }));

        HttpResponse<String> answer = ask("GET", "/seats");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("\"code\":\"INTERNAL_ERROR\"").doesNotContain("secret");
    }

    @Test
    void another_method_and_a_path_that_only_begins_like_it_are_refused() throws Exception {
        server.createContext("/seats", JsonHandler.of("GET", exchange -> "{}"));

        HttpResponse<String> posted = ask("POST", "/seats");
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("Allow")).contains("GET");
        assertThat(ask("GET", "/seatsandmore").statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/seats/12A").statusCode()).isEqualTo(200);
    }

    @Test
    void whatever_serves_can_refuse() throws Exception {
        server.createContext(
                "/door", exchange -> JsonHandler.refuse(exchange, FeedRefused.unauthorized("Who are you? Say it.")));

        HttpResponse<String> answer = ask("GET", "/door");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.body()).contains("\"code\":\"UNAUTHORIZED\"");
    }

    @Test
    void a_status_that_refuses_nothing_is_none() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeedRefused.of(200, "FINE", "All is well."))
                .withMessageContaining("Status 200 refuses nothing.");
    }

    private static final class SeatTaken extends CommandRejected {
        SeatTaken() {
            super("SEAT_TAKEN", "Seat 12A is taken.");
        }
    }
}
