package dev.recount.feed;

import static dev.recount.feed.Events.append;
import static dev.recount.feed.Events.appendNumbered;
import static dev.recount.feed.Events.event;
import static dev.recount.feed.Events.sequences;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.feed.EventSource.Frame;
import dev.recount.store.EventStore;
import dev.recount.store.memory.MemoryEventStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client of a stream gets, byte for byte, and where it begins. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeedStreamTest {

    private static final Instant TIME = Instant.parse("2026-11-20T08:30:00.123456Z");

    private final EventStore store = MemoryEventStore.create(() -> TIME);
    private Served served;

    @BeforeEach
    void serve() throws Exception {
        served = Served.of(Feed.of("gastown", store));
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void the_first_bytes_come_at_once_with_the_headers_that_keep_proxies_out() throws Exception {
        try (EventSource stream = served.stream("")) {
            assertThat(stream.head()).first().asString().endsWith(" 200 OK");
            assertThat(stream.head())
                    .anyMatch(line -> line.equalsIgnoreCase("Content-type: text/event-stream; charset=utf-8"))
                    .anyMatch(line -> line.equalsIgnoreCase("Cache-control: no-cache, no-transform"))
                    .anyMatch(line -> line.equalsIgnoreCase("X-accel-buffering: no"));
            stream.next();
            assertThat(stream.received()).endsWith("\r\n\r\nretry: 2000\n\n");
        }
    }

    @Test
    void a_frame_has_the_cursor_the_type_and_the_event_on_one_line() throws Exception {
        append(
                store,
                NewEvent.of("bead.hooked", "{\"agent\": \"tö\\u0000ast\\n\"}")
                        .withVersion(2)
                        .withTags(Tags.of("bead", "gt-1").and("agent", "a").and("agent", "b"))
                        .withOccurredAt(Instant.parse("2026-01-02T03:04:05Z")));
        String mark = store.chainAt(1).orElseThrow().substring(0, 6);

        try (EventSource stream = served.stream("?after=0")) {
            Frame frame = stream.nextEvent();

            assertThat(stream.received())
                    .endsWith("id: 1-" + mark + "\nevent: bead.hooked\ndata: " + frame.data() + "\n\n");
            assertThat(frame.data())
                    .isEqualTo("{\"sequence\":1,\"rig\":\"gastown\",\"type\":\"bead.hooked\",\"version\":2,"
                            + "\"tags\":{\"agent\":[\"a\",\"b\"],\"bead\":\"gt-1\"},"
                            + "\"data\":{\"agent\": \"tö\\u0000ast\\n\"},\"metadata\":{},"
                            + "\"occurredAt\":\"2026-01-02T03:04:05Z\",\"storedAt\":\"2026-11-20T08:30:00.123456Z\"}");
        }
    }

    @Test
    void other_streams_and_pages_are_served_meanwhile_though_the_server_has_one_thread() throws Exception {
        try (EventSource one = served.stream("");
                EventSource other = served.stream("")) {
            one.next();
            other.next();

            appendNumbered(store, 3);

            assertThat(one.sequences(3)).isEqualTo(other.sequences(3));
            assertThat(served.get("").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void an_unknown_type_passes_through_unchanged() throws Exception {
        append(store, event("something.from.the.future"));

        try (EventSource stream = served.stream("?after=0")) {
            Frame frame = stream.nextEvent();

            assertThat(frame.event()).isEqualTo("something.from.the.future");
            assertThat(frame.data()).contains("\"data\":{\"of\":\"something.from.the.future\"}");
        }
    }

    @Nested
    class Begins {

        @BeforeEach
        void five_events() {
            appendNumbered(store, 5);
        }

        @Test
        void at_the_head_without_a_cursor_and_says_where_that_is() throws Exception {
            try (EventSource stream = served.stream("")) {
                assertThat(stream.next()).isEqualTo(new Frame("", "", "", ""));
                assertThat(stream.next().id()).startsWith("5-");

                appendNumbered(store, 1);
                assertThat(stream.nextEvent().sequence()).isEqualTo(6);
            }
        }

        @Test
        void at_the_first_event_after_0() throws Exception {
            try (EventSource stream = served.stream("?after=0")) {
                assertThat(stream.sequences(5)).isEqualTo(sequences(1, 5));
            }
        }

        @Test
        void after_a_bare_sequence_and_after_a_cursor() throws Exception {
            String cursor;
            try (EventSource stream = served.stream("?after=2")) {
                assertThat(stream.sequences(1)).containsExactly(3L);
                cursor = stream.lastId();
            }
            try (EventSource stream = served.stream("", "Last-Event-ID", cursor)) {
                assertThat(cursor).matches("3-[0-9a-f]{6}");
                assertThat(stream.sequences(2)).containsExactly(4L, 5L);
            }
        }

        @Test
        void where_the_header_says_though_the_url_says_otherwise() throws Exception {
            try (EventSource stream = served.stream("?after=1", "Last-Event-ID", "4")) {
                assertThat(stream.sequences(1)).containsExactly(5L);
            }
        }

        @Test
        void where_the_url_says_when_the_header_is_empty() throws Exception {
            try (EventSource stream = served.stream("?after=3", "Last-Event-ID", "")) {
                assertThat(stream.sequences(2)).containsExactly(4L, 5L);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "x",
                    "-1",
                    "9223372036854775808",
                    "99999999999999999999",
                    "1.5",
                    "3-",
                    "3-xyz",
                    "3-12345",
                    "%20",
                    "0x1"
                })
        void nowhere_with_a_cursor_that_is_none(String cursor) throws Exception {
            for (String form : List.of("text/event-stream", "application/json")) {
                var answer = served.get("?after=" + cursor, "Accept", form);

                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).startsWith("{\"code\":\"INVALID_AFTER\",\"message\":\"");
                assertThat(answer.headers().firstValue("Content-Type")).contains("application/json; charset=utf-8");
            }
        }

        @Test
        void nowhere_with_a_header_that_is_no_cursor() throws Exception {
            var answer = served.get("?after=1", "Accept", "text/event-stream", "Last-Event-ID", "12 or so");

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body())
                    .startsWith("{\"code\":\"INVALID_AFTER\"")
                    .contains("\"parameter\":\"Last-Event-ID\",\"value\":\"12 or so\"");
        }

        @Test
        void at_the_head_after_a_reset_where_the_cursor_is_ahead_of_it() throws Exception {
            try (EventSource stream = served.stream("", "Last-Event-ID", "9")) {
                Frame reset = stream.nextEvent();

                assertThat(reset.id()).isEmpty();
                assertThat(reset.event()).isEqualTo("reset");
                assertThat(reset.data())
                        .startsWith("{\"control\":\"reset\",\"reason\":\"AHEAD_OF_HEAD\",")
                        .contains("\"after\":\"9\",\"head\":\"5-", "\"floor\":0");
                assertThat(stream.next().id()).startsWith("5-");

                appendNumbered(store, 1);
                assertThat(stream.sequences(1)).containsExactly(6L);
            }
        }

        @Test
        void at_the_head_after_a_reset_where_the_cursor_is_of_another_log() throws Exception {
            try (EventSource stream = served.stream("", "Last-Event-ID", "3-abcdef")) {
                assertThat(stream.nextEvent().data()).contains("\"reason\":\"OTHER_LOG\"", "\"after\":\"3-abcdef\"");

                appendNumbered(store, 1);
                assertThat(stream.sequences(1)).containsExactly(6L);
            }
        }

        @Test
        void where_it_was_after_a_restart_of_the_server_without_loss_or_repetition() throws Exception {
            String cursor;
            try (EventSource stream = served.stream("?after=0")) {
                stream.sequences(5);
                cursor = stream.lastId();
            }
            served.close();
            appendNumbered(store, 2);

            served = Served.of(Feed.of("gastown", store));

            try (EventSource stream = served.stream("?after=0", "Last-Event-ID", cursor)) {
                appendNumbered(store, 1);
                assertThat(stream.sequences(3)).isEqualTo(sequences(6, 8));
            }
        }
    }

    @Nested
    class Filtered {

        @Test
        void by_types_and_tags_in_history_and_live() throws Exception {
            append(
                    store,
                    event("a", "session:1"),
                    event("b", "session:1"),
                    event("c", "session:1"),
                    event("a", "session:2"));

            try (EventSource stream = served.stream("?after=0&type=a,b&type=d&tag=session:1")) {
                assertThat(stream.sequences(2)).containsExactly(1L, 2L);

                append(store, event("c", "session:1"), event("d", "session:2"), event("d", "session:1"));
                assertThat(stream.sequences(1)).containsExactly(7L);
            }
        }

        @Test
        void resumes_near_the_head_by_a_bare_id() throws Exception {
            appendNumbered(store, 400);

            try (EventSource stream = served.stream("?after=0&type=other")) {
                assertThat(stream.next().id()).isEmpty();
                assertThat(stream.next().id()).startsWith("0-");
                Frame checkpoint = stream.next();

                assertThat(checkpoint.isEvent()).isFalse();
                assertThat(checkpoint.id()).startsWith("400-");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"limit=3", "newest=true", "before=3", "since=2026-11-20T08:00:00Z", "until="})
        void not_by_what_is_for_pages(String parameter) throws Exception {
            var answer = served.get("?" + parameter, "Accept", "text/event-stream");

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body())
                    .matches("\\{\"code\":\"INVALID_[A-Z]+\",\"message\":\"Parameter [a-z]+ is for pages.*");
        }

        @ParameterizedTest
        @ValueSource(strings = {"type=", "type=a,,b", "tag=session", "tag=", "tag=:1"})
        void not_by_what_is_no_filter(String filter) throws Exception {
            var answer = served.get("?" + filter, "Accept", "text/event-stream");

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).matches("\\{\"code\":\"INVALID_(TYPE|TAG)\".*");
        }
    }

    @Nested
    class Idle {

        @BeforeEach
        void serve_with_a_fast_heart() throws Exception {
            served.close();
            FeedOptions options = FeedOptions.defaults().withHeartbeat(Duration.ofMillis(20));
            served = Served.of(Feed.of("gastown", store, options));
        }

        @Test
        void is_told_by_a_comment_without_id() throws Exception {
            try (EventSource stream = served.stream("")) {
                stream.next();
                stream.next();

                assertThat(stream.next()).isEqualTo(new Frame("", "", "", "still here"));
                assertThat(stream.next()).isEqualTo(new Frame("", "", "", "still here"));
            }
        }

        @Test
        void for_fifteen_seconds_unless_told_otherwise() {
            assertThat(FeedOptions.defaults().limits().heartbeat()).isEqualTo(Duration.ofSeconds(15));
        }

        @Test
        void moves_the_cursor_of_who_sees_nothing_of_what_is_stored() throws Exception {
            try (EventSource stream = served.stream("?type=other")) {
                stream.next();
                assertThat(stream.next().id()).startsWith("0-");

                appendNumbered(store, 7);

                Frame frame = stream.next();
                while (frame.id().isEmpty()) {
                    assertThat(frame.comment()).isEqualTo("still here");
                    frame = stream.next();
                }
                assertThat(frame.id()).startsWith("7-");
                assertThat(frame.isEvent()).isFalse();
            }
        }
    }
}
