package dev.recount.feed;

import static dev.recount.feed.Events.append;
import static dev.recount.feed.Events.appendNumbered;
import static dev.recount.feed.Events.event;
import static dev.recount.feed.Events.sequences;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.feed.EventSource.Frame;
import dev.recount.store.Query;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.store.sqlite.SqliteTown;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All rigs of a town as one feed, over real sockets and real files (G19, G20, G22). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TownFeedTest {

    private static final Pattern RIG_AND_SEQUENCE = Pattern.compile("\\{\"sequence\":(\\d+),\"rig\":\"([^\"]+)\"");
    private static final Pattern END =
            Pattern.compile("],\"next\":\"([\\w-]+)\",\"broken\":\\[(.*)],\"more\":(true|false)}$");
    private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

    @TempDir
    Path folder;

    private volatile Instant now = START;
    private SqliteTown town;
    private Served served;

    @BeforeEach
    void open() throws IOException {
        open(FeedOptions.defaults());
    }

    private void open(FeedOptions options) throws IOException {
        town = SqliteTown.open(folder, SqliteOptions.defaults().withClock(() -> now));
        served = Served.of(Feed.of(town, options));
    }

    @AfterEach
    void close() {
        served.close();
        town.close();
    }

    private void restart() throws IOException {
        close();
        open();
    }

    private void store(String rig, int events) {
        appendNumbered(town.rig(rig), events);
    }

    private Path file(String rig) {
        return folder.resolve(rig + ".db");
    }

    /** What a client reads from a page. */
    private record Read(List<String> events, String next, String broken, boolean more) {

        static Read of(String body) {
            Matcher end = END.matcher(body);
            assertThat(end.find()).as(body).isTrue();
            return new Read(eventsIn(body), end.group(1), end.group(2), Boolean.parseBoolean(end.group(3)));
        }
    }

    /** Such as {@code gastown 7}. */
    private static List<String> eventsIn(String text) {
        return RIG_AND_SEQUENCE
                .matcher(text)
                .results()
                .map(found -> found.group(2) + " " + found.group(1))
                .toList();
    }

    private static List<String> of(String rig, long first, long last) {
        return sequences(first, last).stream()
                .map(sequence -> rig + " " + sequence)
                .toList();
    }

    private Read page(String query) throws Exception {
        HttpResponse<String> answer = served.get(query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Read.of(answer.body());
    }

    /** The next so many events of a stream, with their cursors. */
    private static Map<String, String> take(EventSource stream, int count) throws IOException {
        Map<String, String> cursors = new TreeMap<>();
        while (cursors.size() < count) {
            Frame frame = stream.nextEvent();
            assertThat(frame)
                    .as("after %s: %s", cursors.keySet(), stream.received())
                    .isNotNull();
            assertThat(frame.id()).as("a control frame: %s", frame).isNotEmpty();
            String found = eventsIn(frame.data()).get(0);
            assertThat(cursors.put(found, frame.id()))
                    .as("%s comes twice", found)
                    .isNull();
        }
        return cursors;
    }

    private static List<String> next(EventSource stream, int count) throws IOException {
        List<String> found = new ArrayList<>();
        while (found.size() < count) {
            found.addAll(take(stream, 1).keySet());
        }
        return found;
    }

    /** The next control frame. */
    private static Frame control(EventSource stream) throws IOException {
        Frame frame = stream.nextEvent();
        assertThat(frame).as(stream.received()).isNotNull();
        assertThat(frame.id()).as("an event: %s", frame).isEmpty();
        return frame;
    }

    @Nested
    class Pages {

        @Test
        void events_are_merged_by_time_then_rig_then_sequence() throws Exception {
            append(town.rig("b"), event("first"));
            append(town.rig("a"), event("first"), event("second"));
            now = START.plusSeconds(1);
            store("c", 1);
            now = START.plusSeconds(2);
            store("a", 1);

            assertThat(page("").events()).containsExactly("a 1", "a 2", "b 1", "c 1", "a 3");
            assertThat(page("?newest=true").events()).containsExactly("a 3", "c 1", "a 2", "a 1", "b 1");
            assertThat(page("?newest=true&limit=2").events()).containsExactly("a 3", "c 1");
            assertThat(served.get("").body()).contains("{\"sequence\":1,\"rig\":\"b\",\"type\":\"first\",");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 7, 100, 1_000})
        void events_of_equal_times_come_once_whatever_the_limit(int limit) throws Exception {
            for (String rig : List.of("a", "b", "c")) {
                store(rig, 67);
            }
            List<String> all = new ArrayList<>();
            Read page = page("?limit=" + limit);
            all.addAll(page.events());
            while (page.more()) {
                assertThat(page.events()).hasSizeLessThanOrEqualTo(limit);
                page = page("?limit=" + limit + "&after=" + page.next());
                all.addAll(page.events());
            }

            List<String> wanted = new ArrayList<>(of("a", 1, 67));
            wanted.addAll(of("b", 1, 67));
            wanted.addAll(of("c", 1, 67));
            assertThat(all).isEqualTo(wanted);
        }

        @Test
        void the_first_screen_says_where_a_stream_goes_on() throws Exception {
            store("a", 3);
            store("b", 3);
            Read screen = page("?newest=true&limit=1");
            store("b", 1);
            store("new", 1);

            assertThat(screen.more()).isFalse();
            assertThat(page("?after=" + screen.next()).events()).containsExactly("b 4", "new 1");
            assertThat(Read.of(served.get("?after=0", "Last-Event-ID", screen.next())
                                    .body())
                            .events())
                    .containsExactly("b 4", "new 1");
            try (EventSource stream = served.stream("", "Last-Event-ID", screen.next())) {
                assertThat(next(stream, 2)).containsExactly("b 4", "new 1");
            }
        }

        @Test
        void an_empty_town_gives_a_cursor_to_read_on_from() throws Exception {
            Read empty = page("");
            assertThat(empty.events()).isEmpty();
            store("a", 1);

            assertThat(page("?after=" + empty.next()).events()).containsExactly("a 1");
        }

        @Test
        void filters_by_type_and_tag_hold_for_every_rig_and_move_the_cursor() throws Exception {
            append(town.rig("a"), event("opened", "bead:1"), event("closed", "bead:1"), event("closed", "bead:2"));
            append(town.rig("b"), event("closed", "bead:1"), event("opened", "bead:2"));

            assertThat(page("?type=closed").events()).containsExactly("a 2", "a 3", "b 1");
            assertThat(page("?type=closed&tag=bead:1").events()).containsExactly("a 2", "b 1");
            Read none = page("?type=other");
            assertThat(none.events()).isEmpty();
            assertThat(page("?after=" + none.next()).events()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "limit=0",
                    "limit=1001",
                    "limit=ten",
                    "newest=yes",
                    "before=AQAA",
                    "since=2026-11-20T08:00:00Z",
                    "until=2026-11-20T08:00:00Z",
                    "after=412-9f3ac1",
                    "after=-1",
                    "after=AQ",
                    "after="
                })
        void what_cannot_be_understood_is_refused(String query) throws Exception {
            HttpResponse<String> answer = served.get("?" + query);

            String name = query.substring(0, query.indexOf('='));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body())
                    .startsWith("{\"code\":\"INVALID_" + name.toUpperCase(Locale.ROOT) + "\"")
                    .contains("\"parameter\":\"" + name + "\"");
        }

        @Test
        void the_newest_after_a_cursor_are_refused() throws Exception {
            HttpResponse<String> answer = served.get("?newest=true&after=0");

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("INVALID_AFTER");
        }
    }

    @Nested
    class Streams {

        @Test
        void who_comes_without_a_cursor_gets_what_is_stored_from_now_on_also_in_new_rigs() throws Exception {
            store("a", 3);
            store("b", 3);
            try (EventSource stream = served.stream("")) {
                stream.next();
                assertThat(stream.next().id()).isNotEmpty();
                store("b", 2);
                assertThat(next(stream, 2)).containsExactly("b 4", "b 5");
                store("new", 1);
                assertThat(next(stream, 1)).containsExactly("new 1");
                store("a", 1);
                assertThat(next(stream, 1)).containsExactly("a 4");
            }
        }

        @Test
        void every_event_has_a_cursor_with_which_exactly_the_rest_comes_after_a_restart() throws Exception {
            Map<String, String> cursors = new TreeMap<>();
            List<String> order = new ArrayList<>();
            for (String rig : List.of("a", "b", "c")) {
                store(rig, 5);
            }
            try (EventSource stream = served.stream("?after=0")) {
                for (int i = 0; i < 15; i++) {
                    Map<String, String> one = take(stream, 1);
                    order.addAll(one.keySet());
                    cursors.putAll(one);
                }
            }
            restart();
            now = START.plusSeconds(1);
            store("b", 1);
            store("new", 1);

            for (int i = 0; i < 15; i++) {
                List<String> rest = new ArrayList<>(order.subList(i + 1, 15));
                rest.addAll(List.of("b 6", "new 1"));
                try (EventSource stream = served.stream("?after=0", "Last-Event-ID", cursors.get(order.get(i)))) {
                    assertThat(next(stream, rest.size())).isEqualTo(rest);
                }
            }
        }

        @Test
        void a_quiet_filter_moves_the_cursor_over_what_it_does_not_show() throws Exception {
            store("a", 300);
            store("b", 10);
            try (EventSource stream = served.stream("?after=0&type=other")) {
                stream.next();
                String start = stream.next().id();
                Frame checkpoint = stream.next();

                assertThat(checkpoint.isEvent()).isFalse();
                assertThat(checkpoint.id()).isNotEqualTo(start);
                assertThat(page("?after=" + checkpoint.id()).events()).isEmpty();
            }
        }

        @Test
        void filters_hold_for_history_and_live() throws Exception {
            append(town.rig("a"), event("opened", "bead:1"), event("closed", "bead:1"));
            append(town.rig("b"), event("closed", "bead:2"));
            try (EventSource stream = served.stream("?after=0&type=closed&tag=bead:1")) {
                assertThat(next(stream, 1)).containsExactly("a 2");
                append(town.rig("b"), event("closed", "bead:2"), event("opened", "bead:1"), event("closed", "bead:1"));
                assertThat(next(stream, 1)).containsExactly("b 4");
            }
        }

        @Test
        void nothing_outside_a_policy_is_in_any_byte_of_pages_history_and_live() throws Exception {
            close();
            open(FeedOptions.defaults().withPolicy(request -> Query.tagged("project", "mine")));
            append(town.rig("a"), event("secret.a", "project:other"), event("shown.a", "project:mine"));
            append(town.rig("b"), event("shown.b", "project:mine"), event("secret.b", "project:other"));
            try (EventSource stream = served.stream("?after=0");
                    EventSource ofRig = served.streamOfRig("a", "?after=0")) {
                assertThat(next(stream, 2)).containsExactly("a 2", "b 1");
                append(town.rig("a"), event("secret.live", "project:other"), event("shown.live", "project:mine"));
                served.feed().broadcast("a", event("secret.broadcast", "project:other"));
                assertThat(next(stream, 1)).containsExactly("a 4");
                assertThat(ofRig.sequences(2)).containsExactly(2L, 4L);
                assertThat(stream.received() + ofRig.received())
                        .contains("shown.live")
                        .doesNotContain("secret");
            }
            assertThat(served.get("").body()
                            + served.get("?newest=true").body()
                            + served.getOfRig("/a/events").body())
                    .contains("shown.live")
                    .doesNotContain("secret");
        }

        @Test
        void broadcasts_go_to_the_town_and_to_the_rig_they_are_of() throws Exception {
            store("a", 1);
            store("b", 1);
            try (EventSource stream = served.stream("?after=0");
                    EventSource ofA = served.streamOfRig("a", "?after=0");
                    EventSource ofB = served.streamOfRig("b", "?after=0")) {
                next(stream, 2);
                ofA.sequences(1);
                ofB.sequences(1);
                served.feed().broadcast("a", event("typing.a"));
                served.feed().broadcast("b", event("typing.b"));

                assertThat(stream.nextEvent().event()).isEqualTo("typing.a");
                assertThat(stream.nextEvent().data()).contains("\"ephemeral\":true", "\"rig\":\"b\"");
                assertThat(ofA.nextEvent().event()).isEqualTo("typing.a");
                assertThat(ofB.nextEvent().event()).isEqualTo("typing.b");
            }
        }

        @Test
        void the_rigs_of_a_town_share_its_limit_of_streams_and_its_end() throws Exception {
            close();
            open(FeedOptions.defaults().withMaxClients(2));
            store("a", 1);
            try (EventSource stream = served.stream("?after=0");
                    EventSource ofRig = served.streamOfRig("a", "?after=0")) {
                next(stream, 1);
                ofRig.sequences(1);
                try (EventSource refused = served.streamOfRig("a", "")) {
                    assertThat(refused.head().get(0)).contains("503");
                }
                served.feed().close();
                assertThat(stream.nextEvent()).isNull();
                assertThat(ofRig.nextEvent()).isNull();
                assertThat(ofRig.received()).contains(": the feed was closed");
            }
        }
    }

    @Nested
    class Rigs {

        @Test
        void each_is_served_by_its_name_and_an_unknown_one_is_404_and_not_created() throws Exception {
            store("a", 2);
            store("b", 1);

            assertThat(eventsIn(served.getOfRig("/a/events").body())).containsExactly("a 1", "a 2");
            assertThat(eventsIn(served.getOfRig("/a/events?after=1").body())).containsExactly("a 2");
            assertThat(eventsIn(served.getOfRig("/b/events").body())).containsExactly("b 1");
            for (String path :
                    List.of("/nobody/events", "/..%2Fa/events", "/a", "/a/other", "/", "", "/a/events/more")) {
                HttpResponse<String> answer = served.getOfRig(path);
                assertThat(answer.statusCode()).as(path).isEqualTo(404);
                assertThat(answer.body())
                        .startsWith("{\"code\":\"NOT_FOUND\",\"message\":\"There is no rig '")
                        .contains("\"requestId\":\"", "\"details\":{\"rig\":\"");
            }
            assertThat(town.rigs()).containsExactly("a", "b");
        }

        @Test
        void a_policy_is_told_which_rig_is_meant() throws Exception {
            close();
            open(FeedOptions.defaults()
                    .withPolicy(request ->
                            request.rig().equals(Optional.of("a")) ? Query.all() : Query.tagged("public", "yes")));
            append(town.rig("a"), event("one"));
            append(town.rig("b"), event("one"), event("two", "public:yes"));

            assertThat(eventsIn(served.getOfRig("/a/events").body())).containsExactly("a 1");
            assertThat(eventsIn(served.getOfRig("/b/events").body())).containsExactly("b 2");
            assertThat(page("").events()).containsExactly("b 2");
        }
    }

    @Nested
    class Broken {

        private void damage(String... rigs) throws IOException {
            close();
            for (String rig : rigs) {
                Files.move(file(rig), folder.resolve(rig + ".kept"));
                Files.writeString(file(rig), "not a database at all, but long enough".repeat(30));
            }
            open();
        }

        private void repair(String rig) throws IOException {
            Files.move(folder.resolve(rig + ".kept"), file(rig), StandardCopyOption.ATOMIC_MOVE);
        }

        @Test
        void one_says_so_in_its_own_feed_until_it_is_repaired() throws Exception {
            store("a", 2);
            damage("a");

            HttpResponse<String> answer = served.getOfRig("/a/events");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("\"code\":\"LOG_CORRUPT\"").doesNotContain(folder.toString());
            repair("a");

            assertThat(served.getOfRig("/a/events").statusCode()).isEqualTo(200);
        }

        @Test
        void one_is_named_in_a_page_and_comes_on_from_its_cursor_when_it_is_repaired() throws Exception {
            store("a", 2);
            store("b", 2);
            store("c", 2);
            String cursor;
            try (EventSource stream = served.stream("?after=0")) {
                cursor = take(stream, 3).get("b 1");
            }
            damage("b");

            Read page = page("?after=" + cursor);
            assertThat(page.events()).containsExactly("c 1", "c 2");
            assertThat(page.broken())
                    .startsWith("{\"rig\":\"b\",\"code\":\"LOG_CORRUPT\",\"message\":\"")
                    .endsWith("\"}");
            assertThat(page.broken()).doesNotContain(folder.toString());
            store("a", 1);
            Read next = page("?after=" + page.next());
            assertThat(next.events()).containsExactly("a 3");
            assertThat(page("?newest=true").broken()).startsWith("{\"rig\":\"b\"");
            repair("b");

            Read repaired = page("?after=" + next.next());
            assertThat(repaired.events()).containsExactly("b 2");
            assertThat(repaired.broken()).isEmpty();
        }

        @Test
        void one_is_told_once_to_a_stream_which_goes_on_and_gets_the_rest_when_it_is_repaired() throws Exception {
            store("a", 1);
            store("b", 3);
            String cursor;
            try (EventSource stream = served.stream("?after=0")) {
                cursor = take(stream, 2).get("b 1");
            }
            damage("b");

            try (EventSource stream = served.stream("", "Last-Event-ID", cursor)) {
                Frame broken = control(stream);
                assertThat(broken.event()).isEqualTo("broken");
                assertThat(broken.data())
                        .startsWith("{\"control\":\"broken\",\"broken\":[{\"rig\":\"b\",\"code\":\"LOG_CORRUPT\"");
                store("a", 1);
                assertThat(next(stream, 1)).containsExactly("a 2");
                String whileBroken = stream.lastId();
                repair("b");
                assertThat(control(stream).data()).isEqualTo("{\"control\":\"broken\",\"broken\":[]}");
                assertThat(next(stream, 2)).containsExactly("b 2", "b 3");
                store("b", 1);
                assertThat(next(stream, 1)).containsExactly("b 4");

                try (EventSource other = served.stream("", "Last-Event-ID", whileBroken)) {
                    assertThat(next(other, 3)).containsExactly("b 2", "b 3", "b 4");
                }
            }
        }

        @Test
        void several_keep_their_places_and_the_proof_of_all_others() throws Exception {
            List<String> rigs = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
            for (String rig : rigs) {
                store(rig, 2);
            }
            Read half = page("?limit=14");
            damage("a", "d", "g", "h");

            Read broken = page("?after=" + half.next());
            assertThat(broken.events()).containsExactly("i 1", "i 2", "j 1", "j 2");
            Read again = page("?after=" + broken.next());
            assertThat(again.events()).isEmpty();
            for (String rig : List.of("a", "d", "g", "h")) {
                repair(rig);
            }
            store("a", 1);

            assertThat(page("?after=" + again.next()).events()).containsExactlyInAnyOrder("a 3", "h 1", "h 2");
        }

        @Test
        void more_than_can_be_proved_around_reset_the_town() throws Exception {
            List<String> rigs = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
            for (String rig : rigs) {
                store(rig, 2);
            }
            String cursor = page("").next();
            damage("a", "b", "c", "d", "e", "f", "g");
            assertThat(page("?after=" + cursor).events()).isEmpty();
            damage("h");

            assertThat(served.get("?after=" + cursor).statusCode()).isEqualTo(410);
            try (EventSource stream = served.stream("", "Last-Event-ID", cursor)) {
                assertThat(control(stream).data())
                        .contains("\"reason\":\"OTHER_LOG\"")
                        .doesNotContain("\"rig\"");
                assertThat(control(stream).event()).isEqualTo("broken");
                store("j", 1);
                assertThat(next(stream, 1)).containsExactly("j 3");
            }
        }

        @Test
        void one_that_comes_back_as_another_log_is_reset_and_the_others_go_on() throws Exception {
            store("a", 1);
            store("b", 1);
            String cursor;
            try (EventSource stream = served.stream("?after=0")) {
                next(stream, 2);
                cursor = stream.lastId();
            }
            damage("b");
            try (EventSource stream = served.stream("", "Last-Event-ID", cursor)) {
                assertThat(control(stream).event()).isEqualTo("broken");
                store("other", 3);
                assertThat(next(stream, 3)).isEqualTo(of("other", 1, 3));
                SqliteTown elsewhere = SqliteTown.open(Files.createDirectory(folder.resolve("elsewhere")));
                try (elsewhere) {
                    appendNumbered(elsewhere.rig("b"), 2);
                }
                Files.move(folder.resolve("elsewhere/b.db"), file("b"), StandardCopyOption.ATOMIC_MOVE);

                Frame reset = control(stream);
                assertThat(reset.event()).isEqualTo("reset");
                assertThat(reset.data()).contains("\"reason\":\"OTHER_LOG\"", "\"rig\":\"b\"");
                assertThat(control(stream).data()).isEqualTo("{\"control\":\"broken\",\"broken\":[]}");
                store("b", 1);
                assertThat(next(stream, 1)).containsExactly("b 3");
            }
        }
    }

    @Nested
    class Reset {

        private String cursorAtTheEnd() throws Exception {
            return page("?limit=1000").next();
        }

        private void requireReset(String cursor, String reason, String rig) throws Exception {
            HttpResponse<String> page = served.get("?after=" + cursor);
            assertThat(page.statusCode()).isEqualTo(410);
            assertThat(page.body()).contains("\"UNUSABLE_CURSOR\"", "\"reason\":\"" + reason + "\"");
            try (EventSource stream = served.stream("", "Last-Event-ID", cursor)) {
                Frame reset = control(stream);
                assertThat(reset.event()).isEqualTo("reset");
                assertThat(reset.data())
                        .contains(
                                "\"control\":\"reset\",\"reason\":\"" + reason + "\"", "\"after\":\"" + cursor + "\"");
                if (!rig.isEmpty()) {
                    assertThat(page.body()).contains("\"rig\":\"" + rig + "\"");
                    assertThat(reset.data()).contains("\"rig\":\"" + rig + "\"");
                }
                Frame place = stream.next();
                assertThat(reset.data()).contains("\"head\":\"" + place.id() + "\"");
                store("b", 1);
                assertThat(next(stream, 1)).allMatch(found -> found.startsWith("b "));
            }
        }

        @Test
        void an_older_copy_is_told_by_its_rig_and_the_others_go_on() throws Exception {
            store("a", 3);
            store("b", 3);
            restart();
            Files.copy(file("a"), folder.resolve("a.copy"));
            store("a", 2);
            String cursor = cursorAtTheEnd();
            close();
            Files.move(folder.resolve("a.copy"), file("a"), StandardCopyOption.REPLACE_EXISTING);
            open();

            requireReset(cursor, "AHEAD_OF_HEAD", "a");
        }

        @Test
        void an_older_copy_that_went_another_way_is_found_by_its_mark() throws Exception {
            for (String rig : List.of("a", "b", "c", "d")) {
                store(rig, 3);
            }
            restart();
            Files.copy(file("a"), folder.resolve("a.copy"));
            store("a", 2);
            String cursor = cursorAtTheEnd();
            close();
            Files.move(folder.resolve("a.copy"), file("a"), StandardCopyOption.REPLACE_EXISTING);
            open();
            append(town.rig("a"), event("other"), event("way"), event("than before"));

            requireReset(cursor, "OTHER_LOG", "a");
        }

        @Test
        void a_copy_that_went_no_other_way_is_read_on() throws Exception {
            store("a", 3);
            store("b", 3);
            String cursor = cursorAtTheEnd();
            restart();
            Files.copy(file("a"), folder.resolve("a.copy"));
            close();
            Files.move(folder.resolve("a.copy"), file("a"), StandardCopyOption.REPLACE_EXISTING);
            open();
            store("a", 1);

            assertThat(page("?after=" + cursor).events()).containsExactly("a 4");
        }

        @Test
        void a_replaced_file_is_told_by_its_rig() throws Exception {
            for (String rig : List.of("a", "b", "c")) {
                store(rig, 3);
            }
            String cursor = cursorAtTheEnd();
            close();
            Files.delete(file("a"));
            open();
            now = START.plusSeconds(1);
            store("a", 7);

            requireReset(cursor, "OTHER_LOG", "a");
        }

        @Test
        void a_rig_that_is_gone_is_told_and_the_others_go_on() throws Exception {
            for (String rig : List.of("a", "b", "c")) {
                store(rig, 3);
            }
            String cursor = cursorAtTheEnd();
            close();
            Files.delete(file("a"));
            open();

            requireReset(cursor, "RIG_GONE", "");
        }

        @Test
        void a_rig_that_is_removed_while_a_client_follows_is_told_and_so_is_one_that_is_replaced() throws Exception {
            for (String rig : List.of("a", "b", "c")) {
                store(rig, 2);
            }
            // Closing leaves all that is stored in the files themselves, so that whoever looks while one is put in the
            // place of another sees all of the one or all of the other.
            close();
            open(FeedOptions.defaults().withHeartbeat(Duration.ofMillis(100)));
            try (EventSource stream = served.stream("?after=0")) {
                next(stream, 6);
                for (String suffix : List.of("", "-wal", "-shm", "-turn")) {
                    Files.deleteIfExists(folder.resolve("a.db" + suffix));
                }
                Frame gone = control(stream);
                assertThat(gone.data()).contains("\"reason\":\"RIG_GONE\"", "\"rig\":\"a\"");

                try (SqliteTown other = SqliteTown.open(Files.createDirectory(folder.resolve("elsewhere")))) {
                    appendNumbered(other.rig("b"), 3);
                }
                Files.deleteIfExists(folder.resolve("b.db-wal"));
                Files.deleteIfExists(folder.resolve("b.db-shm"));
                Files.move(folder.resolve("elsewhere/b.db"), file("b"), StandardCopyOption.ATOMIC_MOVE);
                Frame replaced = control(stream);
                assertThat(replaced.data()).contains("\"reason\":\"OTHER_LOG\"", "\"rig\":\"b\"");
                store("c", 1);
                assertThat(next(stream, 1)).containsExactly("c 3");
            }
        }

        /** A name that the cursor takes for that of a rig it knows, as one new rig in 256 has. */
        private String nameOfTheSameNumber(String cursor, String rig) {
            RigNumbers numbers = TownText.parse(cursor).rigs();
            return IntStream.iterate(0, i -> i + 1)
                    .mapToObj(i -> "new-" + i)
                    .filter(name -> numbers.of(name) == numbers.of(rig))
                    .findFirst()
                    .orElseThrow();
        }

        @Test
        void a_new_rig_that_has_the_number_of_another_is_told_from_it_by_its_events() throws Exception {
            store("a", 2);
            store("b", 2);
            String cursor = cursorAtTheEnd();
            String other = nameOfTheSameNumber(cursor, "a");
            now = START.plusSeconds(1);
            store(other, 3);
            store("a", 1);

            assertThat(page("?after=" + cursor).events())
                    .containsExactly("a 3", other + " 1", other + " 2", other + " 3");
        }

        @Test
        void a_copy_that_has_the_number_of_its_original_is_not_guessed() throws Exception {
            store("a", 2);
            store("b", 2);
            String cursor = cursorAtTheEnd();
            close();
            Files.copy(file("a"), file(nameOfTheSameNumber(cursor, "a")));
            open();

            requireReset(cursor, "OTHER_LOG", "");
        }

        @Test
        void a_town_that_is_another_altogether_is_told_without_a_rig() throws Exception {
            for (String rig : List.of("a", "b", "c", "d")) {
                store(rig, 3);
            }
            String cursor = cursorAtTheEnd();
            close();
            for (String rig : List.of("a", "b", "c", "d")) {
                Files.delete(file(rig));
            }
            open();
            now = START.plusSeconds(1);
            for (String rig : List.of("a", "b", "c", "d")) {
                store(rig, 5);
            }

            requireReset(cursor, "OTHER_LOG", "");
        }

        @Test
        void events_that_retention_took_are_told_by_their_rig() throws Exception {
            store("a", 6);
            store("b", 2);
            String cursor;
            try (EventSource stream = served.stream("?after=0")) {
                cursor = take(stream, 2).get("a 2");
            }
            restart();
            retain("a", 4);

            HttpResponse<String> page = served.get("?after=" + cursor);
            assertThat(page.statusCode()).isEqualTo(410);
            assertThat(page.body()).contains("\"reason\":\"BELOW_FLOOR\"", "\"rig\":\"a\"");
            try (EventSource stream = served.stream("", "Last-Event-ID", cursor)) {
                assertThat(control(stream).data()).contains("\"reason\":\"BELOW_FLOOR\"", "\"rig\":\"a\"");
                assertThat(next(stream, 2)).containsExactly("b 1", "b 2");
            }
            assertThat(page("?after=0").events()).containsExactly("a 5", "a 6", "b 1", "b 2");
        }

        /** What retention does to a file, in short. */
        private void retain(String rig, long floor) throws Exception {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file(rig));
                    Statement statement = connection.createStatement()) {
                statement.execute("UPDATE recount_log SET floor = " + floor
                        + ", floor_chain = (SELECT chain FROM recount_events WHERE sequence = " + floor + ")");
                statement.execute("DELETE FROM recount_events WHERE sequence <= " + floor);
            }
        }
    }
}
