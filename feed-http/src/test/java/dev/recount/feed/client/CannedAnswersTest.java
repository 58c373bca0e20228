package dev.recount.feed.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are no feed, that are one of another time, or that are not well. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CannedAnswersTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String STREAM = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n\r\n";

    private Gate gate;
    private final Told told = new Told();

    @BeforeEach
    void open() throws Exception {
        gate = Gate.shut();
    }

    @AfterEach
    void close() throws Exception {
        gate.close();
    }

    private FeedClient feed() {
        return FeedClient.of(gate.uri("/events?secret=1")).withLongestPause(Duration.ofMillis(1));
    }

    /** Answers each connection with the next text, and the last one ever after; then closes it. */
    private void answer(String... answers) {
        Iterator<String> next = Arrays.asList(answers).iterator();
        String last = answers[answers.length - 1];
        gate.leadTo((request, client) -> write(client, nextOf(next, last)));
    }

    private static String nextOf(Iterator<String> answers, String last) {
        synchronized (answers) {
            return answers.hasNext() ? answers.next() : last;
        }
    }

    private static void write(Socket client, String answer) throws IOException {
        client.getOutputStream().write(answer.getBytes(UTF_8));
    }

    private static String event(String id, long sequence) {
        return "id: " + id + "\nevent: a\ndata: {\"sequence\":" + sequence
                + ",\"rig\":\"r\",\"type\":\"a\",\"data\":{},"
                + "\"occurredAt\":\"2026-01-02T03:04:05Z\",\"storedAt\":\"2026-01-02T03:04:05Z\"}\n\n";
    }

    private static String http(String status, String type, String body) {
        return "HTTP/1.1 " + status + "\r\ncontent-type: " + type + "\r\nx-request-id: r7\r\ncontent-length: "
                + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }

    private UnusableFeed unusable(FeedClient feed) throws Exception {
        try (FeedFollower follower = feed.follow("5-abcdef", told)) {
            assertThat(follower.awaitEnd(LIMIT)).isTrue();
            assertThat(follower.cursor()).isEqualTo("5-abcdef");
            Throwable failure = follower.failure().orElseThrow();
            assertThat(failure).isInstanceOf(UnusableFeed.class).message().doesNotContain("secret");
            return (UnusableFeed) failure;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 406, 410})
    void a_refusal_ends_it_with_what_the_envelope_says(int status) throws Exception {
        answer(
                http(
                        status + " No",
                        "application/json; charset=utf-8",
                        "{\"code\":\"NO_\\u0058\",\"message\":\"There is no X.\\nAsk for Y.\",\"requestId\":\"r9\",\"details\":{}}"));

        UnusableFeed failure = unusable(feed());

        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.code()).isEqualTo("NO_X");
        assertThat(failure.requestId()).isEqualTo("r9");
        assertThat(failure)
                .message()
                .startsWith("The feed http://127.0.0.1:")
                .endsWith("/events answered " + status + " NO_X: There is no X.\nAsk for Y. The request's id is r9.");
    }

    @Test
    void a_refusal_of_a_proxy_ends_it_with_what_there_is() throws Exception {
        answer(http("404 Not Found", "text/html", "<html>\n <h1>Not   here</h1>" + " ".repeat(300) + "x".repeat(300)));

        UnusableFeed failure = unusable(feed());

        assertThat(failure.code()).isEqualTo("HTTP_404");
        assertThat(failure.requestId()).isEqualTo("r7");
        assertThat(failure)
                .message()
                .contains("HTTP_404: <html> <h1>Not here</h1> xxx", "x... The request's id is r7.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"500 Oops", "502 Bad Gateway", "503 Unavailable", "504 Timeout", "408 Late", "429 Many"})
    void what_may_pass_is_tried_again(String status) throws Exception {
        answer(http(status, "text/plain", "later"), http(status, "text/plain", "later"), STREAM + event("6-a", 6));

        try (FeedFollower follower = feed().follow("5-abcdef", told)) {
            assertThat(told.next()).isEqualTo("event 6");
            assertThat(follower.isRunning()).isTrue();
        }

        assertThat(told.problems().get(0)).contains(status.substring(0, 3) + ": later The request's id is r7.");
        for (int i = 0; i < 3; i++) {
            assertThat(gate.nextRequest())
                    .startsWith("get /events?secret=1 http/1.1")
                    .contains("\r\nlast-event-id: 5-abcdef\r\n", "\r\naccept: text/event-stream\r\n")
                    .doesNotContain("accept-encoding");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "text/event-streams", ""})
    void another_content_type_ends_it(String type) throws Exception {
        answer(http("200 OK", type, "data: x\n\n"));

        UnusableFeed failure = unusable(feed());

        assertThat(failure.code()).isEqualTo("NOT_A_STREAM");
        assertThat(failure).message().contains("'" + type + "' instead of text/event-stream.");
    }

    @Test
    void a_compressed_stream_ends_it() throws Exception {
        answer(STREAM.replace("\r\n\r\n", "\r\ncontent-encoding: gzip\r\n\r\n"));

        assertThat(unusable(feed())).message().contains("' as gzip instead of");
    }

    @Test
    void no_content_ends_it() throws Exception {
        answer("HTTP/1.1 204 No Content\r\n\r\n");

        assertThat(unusable(feed()).status()).isEqualTo(204);
    }

    @Test
    void a_redirect_is_told_and_not_followed_with_the_token() throws Exception {
        answer("HTTP/1.1 307 Moved\r\nlocation: " + gate.uri("/there") + "\r\ncontent-length: 0\r\n\r\n");

        UnusableFeed failure = unusable(feed().withBearerToken("f7d1c0ffee"));

        assertThat(failure.code()).isEqualTo("REDIRECTED");
        assertThat(failure).message().contains("it is now at " + gate.uri("/there") + ". Follow that URL");
        assertThat(gate.nextRequest()).contains("authorization: bearer f7d1c0ffee");
    }

    @Test
    void a_client_that_follows_redirects_may() throws Exception {
        answer(
                "HTTP/1.1 307 Moved\r\nlocation: " + gate.uri("/there") + "\r\ncontent-length: 0\r\n\r\n",
                STREAM + event("6-a", 6));
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();

        try (FeedFollower follower = feed().withHttpClient(following).follow("5-abcdef", told)) {
            assertThat(told.next()).isEqualTo("event 6");
            assertThat(follower.isRunning()).isTrue();
        }
        gate.nextRequest();
        assertThat(gate.nextRequest()).startsWith("get /there").contains("last-event-id: 5-abcdef");
    }

    @Test
    void an_event_without_its_content_is_told_and_passed() throws Exception {
        answer(STREAM + event("6-a", 6)
                + "id: 7-b\nevent: odd\ndata: {\"sequence\":7,\"rig\":\"r\",\"type\":\"odd\",\"malformed\":true}\n\n"
                + event("8-c", 8));

        try (FeedFollower follower = feed().follow(FollowFrom.START, told)) {
            assertThat(told.next(3)).containsExactly("event 6", "unreadable r 7 odd 7-b", "event 8");
            assertThat(follower.isRunning()).isTrue();
        }
    }

    @Test
    void an_observer_that_knows_nothing_of_events_without_content_still_keeps_their_cursors() {
        StringBuilder reached = new StringBuilder();
        FeedObserver observer = new FeedObserver() {
            @Override
            public void event(FedEvent event) {}

            @Override
            public FollowFrom reset(String reason, String message) {
                return FollowFrom.START;
            }

            @Override
            public void reached(String cursor) {
                reached.append(cursor);
            }
        };

        observer.unreadable("r", 7, "odd", "7-b");

        assertThat(reached).hasToString("7-b");
    }

    @Test
    void a_cursor_that_no_header_can_carry_ends_it_before_that() throws Exception {
        answer(STREAM + event("6-\u0001", 6));

        UnusableFeed failure = unusable(feed());

        assertThat(failure.code()).isEqualTo("UNREADABLE_FRAME");
        assertThat(failure).message().contains("a cursor that no header can carry");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {}",
                "data: {\"sequence\":6}",
                "data: x",
                "data:",
                "data: {\"control\":\"reset\"}",
                "data: [1]"
            })
    void a_frame_with_an_id_that_is_no_event_ends_it_before_that(String data) throws Exception {
        answer(STREAM + "id: 6-a\n" + data + "\n\n");

        UnusableFeed failure = unusable(feed());

        assertThat(failure.code()).isEqualTo("UNREADABLE_FRAME");
        assertThat(failure).message().startsWith("The feed sent no event of a feed at cursor 6-a: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: x",
                "data: {}",
                "data:",
                "data: [1]",
                "data: {\"control\":\"later\",\"x\":1}",
                "event: ping",
                "data: {\"ephemeral\":true}",
                "data: {\"control\":7}",
                "id:\ndata: {\"control\":\"later\"}",
                "\u0001\u0002"
            })
    void what_has_no_id_and_is_not_known_is_passed_over(String odd) throws Exception {
        answer(STREAM + odd + "\n\n" + event("6-a", 6));

        try (FeedFollower follower = feed().follow("5-abcdef", told)) {
            assertThat(told.next()).isEqualTo("event 6");
            assertThat(follower.isRunning()).isTrue();
        }
    }

    @Test
    void rigs_that_a_town_cannot_read_are_told() throws Exception {
        answer(STREAM
                + "event: broken\ndata: {\"control\":\"broken\",\"broken\":[{\"rig\":\"a\",\"code\":\"LOG_CORRUPT\",\"message\":\"m\"},"
                + "{\"rig\":\"b\"}]}\n\n"
                + event("1:r5,7", 5)
                + "event: broken\ndata: {\"control\":\"broken\",\"broken\":[]}\n\n"
                + "id: 1:r5,9\n\n"
                + event("1:r6,9", 6));

        try (FeedFollower follower = feed().follow("1:r4,7", told)) {
            assertThat(told.next(4)).containsExactly("broken [a, b]", "event 5", "broken []", "event 6");
            assertThat(follower.isRunning()).isTrue();
        }
        assertThat(told.events()).extracting(FedEvent::cursor).startsWith("1:r5,7", "1:r6,9");
    }

    @Test
    void a_silent_server_is_given_up_and_asked_again() throws Exception {
        gate.leadTo((request, client) -> {
            if (request.contains("Last-Event-ID: 5")) {
                write(client, STREAM + event("6-a", 6));
            }
            // Until the client has left.
            client.getInputStream().read();
        });

        FeedClient impatient = feed().withSilenceLimit(Duration.ofMillis(300));
        try (FeedFollower follower = impatient.follow("5-abcdef", told)) {
            assertThat(told.next()).isEqualTo("event 6");
            String request = gate.nextRequest();
            assertThat(request).contains("last-event-id: 5-abcdef");
            // A busy machine may be late with the first answer, too, and then is asked for it again.
            while (request.contains("last-event-id: 5-abcdef")) {
                request = gate.nextRequest();
            }
            assertThat(request).contains("last-event-id: 6-a");
            assertThat(gate.nextRequest()).contains("last-event-id: 6-a");
            assertThat(follower.isRunning()).isTrue();
        }
        assertThat(told.problems())
                .containsSubsequence("The server was silent for PT0.3S.", "The server did not answer within PT0.3S.");
    }

    @Test
    void a_slow_server_is_read_byte_by_byte() throws Exception {
        gate.leadTo((request, client) -> {
            client.setTcpNoDelay(true);
            OutputStream out = client.getOutputStream();
            for (byte b : (STREAM + "retry: 1\n\n: still here\n\n" + event("6-\u00e9", 6)).getBytes(UTF_8)) {
                out.write(b);
                out.flush();
            }
            client.getInputStream().read();
        });

        try (FeedFollower follower = feed().follow("5-abcdef", told)) {
            assertThat(told.next()).isEqualTo("event 6");
            assertThat(follower.isRunning()).isTrue();
        }
        assertThat(told.events()).extracting(FedEvent::cursor).containsExactly("6-\u00e9");
        assertThat(told.problems()).isEmpty();
    }

    @Test
    void waits_grow_from_what_the_server_asks_for_and_are_not_all_the_same() {
        Backoff backoff = new Backoff(Duration.ofSeconds(10), () -> 1);
        assertThat(List.of(backoff.next(), backoff.next(), backoff.next(), backoff.next(), backoff.next()))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 8L, 10L);
        backoff.progressed();
        backoff.beginWith(Duration.ofMillis(100));
        assertThat(List.of(backoff.next(), backoff.next()))
                .extracting(Duration::toMillis)
                .containsExactly(100L, 200L);

        Backoff least = new Backoff(Duration.ofSeconds(10), () -> 0);
        assertThat(least.next()).isEqualTo(Duration.ofMillis(500));
        least.beginWith(Duration.ofHours(1));
        for (int i = 0; i < 100; i++) {
            assertThat(least.next()).isEqualTo(Duration.ofSeconds(5));
        }
    }
}
