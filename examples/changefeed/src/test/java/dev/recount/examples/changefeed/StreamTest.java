package dev.recount.examples.changefeed;

import static dev.recount.examples.changefeed.Running.AT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.examples.changefeed.EventSource.Frame;
import dev.recount.feed.FeedOptions;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.sqlite.SqliteEventStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client of the stream gets, byte for byte, and where it begins. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StreamTest {

    @TempDir
    Path folder;

    private SqliteEventStore store;
    private Running running;

    @BeforeEach
    void run() throws Exception {
        store = SqliteEventStore.open(folder.resolve("work.db"));
        running = Running.over(store);
        running.register("apollo");
    }

    @AfterEach
    void stop() {
        running.close();
        store.close();
    }

    @Test
    void A1_headers_and_the_first_bytes_come_at_once() throws Exception {
        try (EventSource stream = running.stream("")) {
            assertThat(stream.head()).first().asString().endsWith(" 200 OK");
            assertThat(stream.head())
                    .anyMatch(line -> line.equalsIgnoreCase("Content-Type: text/event-stream; charset=utf-8"))
                    .anyMatch(line -> line.equalsIgnoreCase("Cache-Control: no-cache, no-transform"))
                    .anyMatch(line -> line.equalsIgnoreCase("X-Accel-Buffering: no"));
            stream.next();
            assertThat(stream.received()).endsWith("\r\n\r\nretry: 2000\n\n");
        }
    }

    @Test
    void A2_a_frame_has_the_type_and_the_change_on_one_line() throws Exception {
        running.begin("apollo", "s1", "Fix \"it\"\n\u2028");
        StoredEvent stored = store.read(Query.all(), ReadOptions.defaults().after(1))
                .events()
                .get(0);

        try (EventSource stream = running.stream("?after=1")) {
            Frame frame = stream.nextEvent();

            assertThat(frame.id()).matches("2-[0-9a-f]{6}");
            assertThat(stream.received())
                    .endsWith("id: " + frame.id() + "\nevent: session_created\ndata: " + frame.data() + "\n\n");
            assertThat(frame.data())
                    .isEqualTo("{\"seq\":2,\"projectId\":\"apollo\",\"sessionId\":\"s1\",\"type\":\"session_created\","
                            + "\"payload\":{\"project\":\"apollo\",\"session\":\"s1\",\"title\":\"Fix \\\"it\\\"\\n\u2028\","
                            + "\"status\":\"WORKING\",\"occurredAt\":\"2026-11-20T08:30:00Z\"},\"createdAt\":\""
                            + stored.storedAt() + "\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n", "\0", "\n\nid: 999\nevent: forged\ndata: {}\n\n", "\r\rdata: x"})
    void A2_no_text_of_a_command_can_begin_a_line_of_its_own(String odd) throws Exception {
        HttpResponse<String> answer = running.send(
                "POST",
                Commands.PATH + "create_session",
                "{\"project\":\"apollo\",\"session\":\"s1\",\"title\":\"" + escaped(odd) + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);

        try (EventSource stream = running.stream("?after=1")) {
            Frame frame = stream.nextEvent();

            assertThat(frame.id()).startsWith("2-");
            assertThat(frame.data()).contains("\"title\":\"" + escaped(odd) + "\"");
            assertThat(bodyOf(stream)).doesNotContain("\r", "\0").containsOnlyOnce("\nevent: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\0", "\n\nid: 999\nevent: forged\ndata: {}\n\n"})
    void A2_nor_can_what_a_file_holds_that_other_hands_have_changed(String odd) throws Exception {
        running.close();
        running = Running.over(store, fed -> changed(fed, odd), FeedOptions.defaults());

        try (EventSource stream = running.stream("?after=0")) {
            Frame frame = stream.nextEvent();

            assertThat(frame.id()).startsWith("1-");
            assertThat(frame.data()).startsWith("{\"sequence\":1,").endsWith(",\"malformed\":true}");
            running.register("gemini");
            assertThat(stream.nextEvent().id()).startsWith("2-");
            assertThat(bodyOf(stream)).doesNotContain("\r", "\0", "\nid: 999", "\nevent: forged");
        }
    }

    private static EventStore changed(EventStore store, String odd) {
        return new PassingStore(store) {
            @Override
            public Page read(Query query, ReadOptions options) {
                Page page = super.read(query, options);
                List<StoredEvent> events =
                        page.events().stream().map(event -> odd(event, odd)).toList();
                return new Page(query, events, page.upTo(), page.complete());
            }
        };
    }

    private static StoredEvent odd(StoredEvent event, String odd) {
        return new StoredEvent(
                event.sequence(),
                event.type() + odd,
                1,
                event.tags(),
                event.data() + odd,
                event.metadata(),
                event.occurredAt(),
                event.storedAt());
    }

    @Test
    void A4_the_header_wins_over_after_so_that_a_browser_that_reconnects_gets_nothing_twice() throws Exception {
        for (int i = 0; i < 5; i++) {
            running.begin("apollo", "s" + i, "Work");
        }
        String cursor;
        try (EventSource stream = running.stream("?after=1")) {
            assertThat(stream.sequences(3)).containsExactly(2L, 3L, 4L);
            cursor = stream.lastId();
        }

        // It repeats the URL that it began with.
        try (EventSource again = running.stream("?after=1", "Last-Event-ID", cursor)) {
            assertThat(again.sequences(2)).containsExactly(5L, 6L);
        }
        try (EventSource without = running.stream("?after=4", "Last-Event-ID", "")) {
            assertThat(without.sequences(2)).containsExactly(5L, 6L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "9223372036854775808", "1.5", "3-xyz", "%20"})
    void A5_a_cursor_that_is_none_is_refused(String cursor) throws Exception {
        for (String form : List.of("text/event-stream", "application/json")) {
            HttpResponse<String> answer = running.get("?after=" + cursor, "Accept", form);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).startsWith("{\"code\":\"INVALID_AFTER\",\"message\":\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "9223372036854775808"})
    void A5_also_where_it_stands_in_the_header(String cursor) throws Exception {
        HttpResponse<String> answer = running.get("?after=1", "Accept", "text/event-stream", "Last-Event-ID", cursor);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"code\":\"INVALID_AFTER\"").contains("\"parameter\":\"Last-Event-ID\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?project=apollo", "?type=session_created", "?session=s9"})
    void A6_without_a_cursor_it_begins_at_the_head(String query) throws Exception {
        running.begin("apollo", "s1", "before");

        try (EventSource stream = running.stream(query)) {
            stream.next();
            assertThat(stream.next().id()).startsWith("2-");
            running.begin("apollo", "s9", "after");

            assertThat(stream.sequences(1)).containsExactly(3L);
            assertThat(stream.received()).doesNotContain("before");
        }
    }

    @Test
    void A9_types_and_a_session_narrow_history_and_live() throws Exception {
        running.begin("apollo", "s1", "one");
        running.begin("apollo", "s2", "two");
        running.handle(new WorkCommand.CreatePr("apollo", "pr1", "s1", "Title", "c0ffee", AT));

        try (EventSource types = running.stream("?after=0&type=pr_created,session_updated");
                EventSource session = running.stream("?after=0&project=apollo&session=s1")) {
            assertThat(types.sequences(1)).containsExactly(4L);
            assertThat(session.sequences(2)).containsExactly(2L, 4L);

            running.handle(new WorkCommand.UpdateSession("apollo", "s2", "two", SessionStatus.ENDED, AT));
            running.handle(new WorkCommand.UpdateSession("apollo", "s1", "one", SessionStatus.WAITING, AT));
            assertThat(types.sequences(2)).containsExactly(5L, 6L);
            assertThat(session.sequences(1)).containsExactly(6L);
            assertThat(session.received()).doesNotContain("\"two\"");
        }
    }

    @Test
    void A9_who_sees_nothing_of_it_is_moved_on_by_bare_ids() throws Exception {
        running.close();
        running = Running.over(store, FeedOptions.defaults().withHeartbeat(Duration.ofMillis(50)));
        for (int i = 0; i < 300; i++) {
            running.begin("apollo", "s" + i, "Work");
        }

        try (EventSource quiet = running.stream("?after=0&type=pr_created")) {
            awaitBareId(quiet, "301-");
            running.begin("apollo", "more", "Work");
            awaitBareId(quiet, "302-");
            assertThat(quiet.received()).doesNotContain("data:");
        }
    }

    private static void awaitBareId(EventSource stream, String id) throws Exception {
        while (!stream.lastId().startsWith(id)) {
            assertThat(stream.next().isEvent()).isFalse();
        }
    }

    @Test
    void A10_a_type_of_the_future_passes_through_as_it_is_and_needs_no_table() throws Exception {
        var tables = store.query("SELECT name, sql FROM sqlite_master ORDER BY name");
        String payload = "{ \"deploy\":1.50, \"to\":[\"moon\",null] }";
        store.append(
                Append.of(List.of(NewEvent.of("deploy_finished", payload).withTags(Tags.of("project", "apollo")))));

        try (EventSource stream = running.stream("?after=0&project=apollo&type=deploy_finished")) {
            Frame frame = stream.nextEvent();

            assertThat(frame.event()).isEqualTo("deploy_finished");
            assertThat(frame.data())
                    .startsWith("{\"seq\":2,\"projectId\":\"apollo\",\"type\":\"deploy_finished\",\"payload\":"
                            + payload + ",");
            assertThat(Change.of(frame.id(), frame.data()).events()).isEmpty();
        }
        assertThat(running.get("?after=1").body()).contains("\"payload\":" + payload);
        running.begin("apollo", "s1", "The daemon works on");
        assertThat(store.query("SELECT name, sql FROM sqlite_master ORDER BY name"))
                .isEqualTo(tables);
    }

    @Test
    void A11_an_idle_stream_is_kept_alive_by_a_comment_without_id() throws Exception {
        running.close();
        running = Running.over(store, FeedOptions.defaults().withHeartbeat(Duration.ofMillis(50)));

        try (EventSource stream = running.stream("")) {
            stream.next();
            assertThat(stream.next().id()).startsWith("1-");

            assertThat(stream.next()).isEqualTo(new Frame("", "", "", "still here"));
            assertThat(stream.next()).isEqualTo(new Frame("", "", "", "still here"));
            assertThat(stream.lastId()).startsWith("1-");
        }
    }

    private static String bodyOf(EventSource stream) {
        return stream.received().substring(stream.received().indexOf("\r\n\r\n") + 4);
    }

    private static String escaped(String text) {
        return text.replace("\n", "\\n").replace("\r", "\\r").replace("\0", "\\u0000");
    }
}
