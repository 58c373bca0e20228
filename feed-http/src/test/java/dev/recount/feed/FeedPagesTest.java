package dev.recount.feed;

import static dev.recount.feed.Events.append;
import static dev.recount.feed.Events.appendNumbered;
import static dev.recount.feed.Events.event;
import static dev.recount.feed.Events.sequences;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.store.EventStore;
import dev.recount.store.memory.MemoryEventStore;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The feed as pages of JSON, and the one envelope of all errors. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeedPagesTest {

    private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

    private Instant now = START;
    private final EventStore store = MemoryEventStore.create(() -> now);
    private Served served;

    @BeforeEach
    void serve() throws Exception {
        served = Served.of(Feed.of("gastown", store));
    }

    @AfterEach
    void stop() {
        served.close();
    }

    /** What a client reads from a page. */
    private record Read(List<Long> sequences, String next, String head, boolean more) {

        private static final Pattern END = Pattern.compile(
                "],\"next\":\"([^\"]+)\",\"head\":\"([^\"]+)\",\"log\":\"([^\"]+)\",\"more\":(true|false)}$");

        static Read of(String body) {
            Matcher end = END.matcher(body);
            assertThat(end.find()).as(body).isTrue();
            List<Long> sequences = Pattern.compile("\\{\"sequence\":(\\d+),\"rig\"")
                    .matcher(body)
                    .results()
                    .map(found -> Long.parseLong(found.group(1)))
                    .toList();
            return new Read(sequences, end.group(1), end.group(2), Boolean.parseBoolean(end.group(4)));
        }
    }

    private Read page(String query) throws Exception {
        HttpResponse<String> answer = served.get(query, "Accept", "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Read.of(answer.body());
    }

    // The JDK's server takes the path of a handler for a prefix of letters.
    @Test
    void a_path_that_only_begins_like_the_feeds_is_not_the_feeds() throws Exception {
        append(store, event("bead.created", "bead:gt-1"));

        HttpResponse<String> answer = served.get("foo?after=0");
        HttpResponse<String> stream = served.get("foo?after=0", "Accept", "text/event-stream");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
                .contains("\"code\":\"NOT_FOUND\"", "\"path\":\"/api/v1/eventsfoo\"")
                .doesNotContain("gt-1");
        assertThat(stream.statusCode()).isEqualTo(404);
        assertThat(served.getOfRig("foo/gastown/events").statusCode()).isEqualTo(404);
        assertThat(served.get("/below?after=0").statusCode()).isEqualTo(200);
    }

    @Test
    void a_page_is_one_object() throws Exception {
        append(store, event("bead.created", "bead:gt-1"));
        String mark = store.chainAt(1).orElseThrow().substring(0, 6);

        HttpResponse<String> answer = served.get("");

        assertThat(answer.body())
                .isEqualTo("{\"events\":[{\"sequence\":1,\"rig\":\"gastown\",\"type\":\"bead.created\",\"version\":1,"
                        + "\"tags\":{\"bead\":\"gt-1\"},\"data\":{\"of\":\"bead.created\"},\"metadata\":{},"
                        + "\"occurredAt\":\"2026-11-20T08:00:00Z\",\"storedAt\":\"2026-11-20T08:00:00Z\"}],"
                        + "\"next\":\"1-" + mark + "\",\"head\":\"1-" + mark + "\",\"log\":\""
                        + store.info().logId() + "\",\"more\":false}");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json; charset=utf-8");
    }

    @Test
    void an_empty_log_gives_an_empty_page_that_can_be_read_on_from() throws Exception {
        Read empty = page("");
        appendNumbered(store, 2);

        assertThat(empty.sequences()).isEmpty();
        assertThat(page("?after=" + empty.next()).sequences()).containsExactly(1L, 2L);
    }

    @Test
    void a_page_has_a_hundred_events_unless_another_limit_is_given() throws Exception {
        appendNumbered(store, 1_001);

        assertThat(page("").sequences()).isEqualTo(sequences(1, 100));
        assertThat(page("?limit=1").sequences()).containsExactly(1L);
        assertThat(page("?limit=1000").sequences()).isEqualTo(sequences(1, 1_000));
        assertThat(page("?limit=1000").more()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "ten", "", "1.5", "99999999999"})
    void a_limit_outside_1_to_1000_is_refused(String limit) throws Exception {
        HttpResponse<String> answer = served.get("?limit=" + limit);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .startsWith("{\"code\":\"INVALID_LIMIT\"")
                .contains("\"details\":{\"parameter\":\"limit\",\"value\":\"" + limit + "\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 333, 1000})
    void pages_of_any_size_lose_and_repeat_nothing_though_all_times_are_equal(int limit) throws Exception {
        for (int i = 0; i < 40; i++) {
            append(store, event("a", "bead:1"), event("b"), event("a", "bead:1"));
        }

        List<Long> read = new ArrayList<>();
        Read page = page("?tag=bead:1&limit=" + limit);
        read.addAll(page.sequences());
        while (page.more()) {
            page = page("?tag=bead:1&limit=" + limit + "&after=" + page.next());
            read.addAll(page.sequences());
        }

        assertThat(read).hasSize(80).doesNotHaveDuplicates().isSorted();
        assertThat(page.next()).startsWith("120-");
    }

    @Test
    void the_newest_come_first_where_asked_page_by_page() throws Exception {
        appendNumbered(store, 250);

        Read first = page("?newest=true&limit=120");
        Read second = page("?newest=true&limit=120&before=" + first.next());
        Read third = page("?newest=true&limit=120&before=" + second.next());

        assertThat(first.sequences()).hasSize(120).startsWith(250L, 249L).endsWith(131L);
        assertThat(second.sequences()).hasSize(120).startsWith(130L).endsWith(11L);
        assertThat(third.sequences()).hasSize(10).endsWith(1L);
        assertThat(List.of(first.more(), second.more(), third.more())).containsExactly(true, true, false);
    }

    @Test
    void a_stream_goes_on_after_the_head_of_the_first_screen() throws Exception {
        appendNumbered(store, 30);
        Read screen = page("?newest=true&limit=5");
        appendNumbered(store, 2);

        try (EventSource stream = served.stream("?after=" + screen.head())) {
            assertThat(stream.sequences(2)).containsExactly(31L, 32L);
        }
    }

    @Test
    void times_bound_a_page_on_both_sides() throws Exception {
        appendNumbered(store, 2);
        now = START.plus(Duration.ofMinutes(10));
        appendNumbered(store, 2);
        now = START.plus(Duration.ofMinutes(20));
        appendNumbered(store, 2);

        assertThat(page("?since=2026-11-20T08:10:00Z").sequences()).isEqualTo(sequences(3, 6));
        assertThat(page("?since=2026-11-20T08:10:00.000001Z").sequences()).isEqualTo(sequences(5, 6));
        assertThat(page("?until=2026-11-20T08:10:00Z").sequences()).isEqualTo(sequences(1, 4));
        assertThat(page("?since=2026-11-20T09:05:00%2B01:00&until=2026-11-20T08:15:00Z")
                        .sequences())
                .containsExactly(3L, 4L);
        assertThat(page("?since=2026-11-20T08:15:00Z&until=2026-11-20T08:05:00Z")
                        .sequences())
                .isEmpty();
        assertThat(page("?since=2026-11-20T08:10:00Z&after=4").sequences()).isEqualTo(sequences(5, 6));
    }

    @ParameterizedTest
    @CsvSource({
        "since=yesterday, INVALID_SINCE",
        "until=2026-13-01T00:00:00Z, INVALID_UNTIL",
        "newest=maybe, INVALID_NEWEST",
        "before=3, INVALID_BEFORE",
        "newest=true&before=x, INVALID_BEFORE",
        "after=1&after=2, INVALID_AFTER",
        "after=%zz, INVALID_QUERY"
    })
    void what_cannot_be_understood_is_refused(String query, String code) throws Exception {
        // A client of the JDK would not send such a text.
        FeedResponse answer = served.feed().answer(FeedRequest.of("GET", Map.of(), query));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Answers.body(answer)).startsWith("{\"code\":\"" + code + "\"");
    }

    @ParameterizedTest
    @CsvSource({"9, AHEAD_OF_HEAD", "2-abcdef, OTHER_LOG"})
    void a_page_after_a_cursor_that_does_not_fit_is_refused_with_the_reason(String cursor, String reason)
            throws Exception {
        appendNumbered(store, 3);

        HttpResponse<String> answer = served.get("?after=" + cursor);

        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.body())
                .startsWith("{\"code\":\"UNUSABLE_CURSOR\"")
                .contains("\"details\":{\"reason\":\"" + reason + "\",\"cursor\":\"" + cursor + "\"}");
    }

    @Nested
    class Errors {

        @Test
        void carry_the_request_id_that_was_given() throws Exception {
            HttpResponse<String> answer = served.get("?limit=0", "X-Request-Id", "abc-7");

            assertThat(answer.headers().firstValue("X-Request-Id")).contains("abc-7");
            assertThat(answer.body()).contains(",\"requestId\":\"abc-7\",\"details\":{");
        }

        @ParameterizedTest
        @ValueSource(strings = {"with space", "<script>", "\"quoted\""})
        void carry_an_id_of_their_own_where_the_given_one_is_odd(String odd) throws Exception {
            HttpResponse<String> answer = served.get("?limit=0", "X-Request-Id", odd);

            String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
            assertThat(id).hasSize(36);
            assertThat(answer.body()).contains("\"requestId\":\"" + id + "\"");
        }

        @Test
        void tell_what_methods_and_forms_there_are() throws Exception {
            HttpResponse<String> post = served.send("POST", "");
            HttpResponse<String> image = served.get("", "Accept", "image/png");

            assertThat(post.statusCode()).isEqualTo(405);
            assertThat(post.headers().firstValue("Allow")).contains("GET");
            assertThat(post.body()).startsWith("{\"code\":\"METHOD_NOT_ALLOWED\"");
            assertThat(served.send("HEAD", "").statusCode()).isEqualTo(405);
            assertThat(image.statusCode()).isEqualTo(406);
            assertThat(image.body()).startsWith("{\"code\":\"NOT_ACCEPTABLE\"");
        }

        @Test
        void say_nothing_of_the_inside() throws Exception {
            FeedPolicy broken = request -> {
                throw new IllegalStateException("password=swordfish");
            };
            try (Served failing =
                    Served.of(Feed.of("gastown", store, FeedOptions.defaults().withPolicy(broken)))) {
                HttpResponse<String> answer = failing.get("");

                assertThat(answer.statusCode()).isEqualTo(500);
                assertThat(answer.body())
                        .startsWith("{\"code\":\"INTERNAL_ERROR\"")
                        .doesNotContain("swordfish");
            }
        }

        @Test
        void are_answers_of_a_store_that_is_closed_too() throws Exception {
            store.close();

            assertThat(served.get("").statusCode()).isEqualTo(503);
            assertThat(served.get("", "Accept", "text/event-stream").statusCode())
                    .isEqualTo(503);
            assertThat(served.feed().clients()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json                                  | application/json",
                "*/*                                               | application/json",
                "text/html,application/xhtml+xml,*/*;q=0.8         | application/json",
                "text/event-stream                                 | text/event-stream",
                "Text/Event-Stream;q=0.9, application/json;q=0.5   | text/event-stream",
                "text/event-stream;q=0, application/json           | application/json",
                "application/json;q=0.2, text/event-stream;q=0.3   | text/event-stream",
                "application/json;q=x, text/event-stream           | application/json",
                "; , application/json                              | application/json"
            })
    void the_client_chooses_the_form(String accept, String type) {
        try (FeedResponse answer =
                served.feed().answer(FeedRequest.of("GET", Map.of("accept", List.of(accept)), null))) {
            assertThat(answer.headers()).containsEntry("Content-Type", type + "; charset=utf-8");
        }
    }
}
