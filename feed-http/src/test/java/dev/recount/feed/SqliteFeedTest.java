package dev.recount.feed;

import static dev.recount.feed.Events.append;
import static dev.recount.feed.Events.appendNumbered;
import static dev.recount.feed.Events.event;
import static dev.recount.feed.Events.sequences;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.feed.EventSource.Frame;
import dev.recount.store.EventStore;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteTown;
import java.io.File;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a file can do: be written by others, be replaced, be restored, and lose its old events to retention. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SqliteFeedTest {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("gastown.db");
    }

    private void store(int events) {
        try (EventStore store = SqliteEventStore.open(file())) {
            appendNumbered(store, events);
        }
    }

    @Test
    void an_event_of_another_process_appears() throws Exception {
        Process process = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingMain.class.getName(),
                        file().toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        store(2);

        try (EventStore store = SqliteEventStore.open(file());
                Served served = Served.of(Feed.of("gastown", store));
                EventSource stream = served.stream("?after=1");
                OutputStream go = process.getOutputStream()) {
            assertThat(stream.sequences(1)).containsExactly(2L);
            go.write('1');
            go.flush();
            assertThat(stream.sequences(3)).isEqualTo(sequences(3, 5));
            go.write('2');
            go.flush();
            assertThat(stream.sequences(3)).isEqualTo(sequences(6, 8));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_restored_copy_that_went_another_way_is_noticed_though_its_id_is_the_same() throws Exception {
        store(5);
        Path backup = Files.copy(file(), folder.resolve("backup.db"));
        store(3);
        String cursor;
        String before;
        try (EventStore store = SqliteEventStore.open(file());
                Served served = Served.of(Feed.of("gastown", store));
                EventSource stream = served.stream("?after=0")) {
            stream.sequences(5);
            before = stream.lastId();
            stream.sequences(3);
            cursor = stream.lastId();
        }

        try (EventStore restored = SqliteEventStore.open(backup);
                Served served = Served.of(Feed.of("gastown", restored))) {
            append(restored, event("a"), event("b"), event("c"), event("d"));
            try (EventSource stream = served.stream("", "Last-Event-ID", cursor)) {
                Frame reset = stream.nextEvent();
                assertThat(reset.event()).isEqualTo("reset");
                assertThat(reset.data()).contains("\"reason\":\"OTHER_LOG\"", "\"after\":\"" + cursor + "\"");
                assertThat(stream.next().id()).startsWith("9-");
            }
            try (EventSource stream = served.stream("", "Last-Event-ID", before)) {
                assertThat(stream.sequences(4)).isEqualTo(sequences(6, 9));
            }
        }
    }

    @Test
    void a_cursor_below_the_floor_is_told_and_0_begins_at_the_floor() throws Exception {
        store(6);
        try (EventStore store = SqliteEventStore.open(file());
                Served served = Served.of(Feed.of("gastown", store))) {
            String cursor = cursorAt(store, 2);
            String zero = cursorAt(store, 0);
            String floor = cursorAt(store, 4);
            removeUpTo(4);

            for (String below : List.of(cursor, zero, "2", "3")) {
                try (EventSource stream = served.stream("", "Last-Event-ID", below)) {
                    Frame reset = stream.nextEvent();
                    assertThat(reset.event()).isEqualTo("reset");
                    assertThat(reset.data()).contains("\"reason\":\"BELOW_FLOOR\"", "\"floor\":4");
                    assertThat(stream.next().id()).startsWith("6-");
                }
                HttpResponse<String> page = served.get("?after=" + below);
                assertThat(page.statusCode()).isEqualTo(410);
                assertThat(page.body()).contains("\"reason\":\"BELOW_FLOOR\"");
            }
            for (String whole : List.of("0", "4", floor)) {
                try (EventSource stream = served.stream("?after=" + whole)) {
                    assertThat(stream.sequences(2)).containsExactly(5L, 6L);
                }
                assertThat(served.get("?after=" + whole).body()).contains("{\"sequence\":5,", "{\"sequence\":6,");
            }
        }
    }

    @Test
    void a_rig_of_a_town_is_fed_like_any_log() throws Exception {
        store(3);
        try (SqliteTown town = SqliteTown.open(folder);
                Served served = Served.of(Feed.of("gastown", town.rig("gastown")));
                EventSource stream = served.stream("?after=1")) {
            assertThat(stream.sequences(2)).containsExactly(2L, 3L);
            town.rig("gastown").append(dev.recount.store.Append.of(List.of(event("more"))));
            assertThat(stream.sequences(1)).containsExactly(4L);

            served.feed().broadcast(event("not.stored"));
            assertThat(stream.nextEvent().event()).isEqualTo("not.stored");
        }
    }

    private static String cursorAt(EventStore store, long sequence) {
        return sequence + "-" + store.chainAt(sequence).orElseThrow().substring(0, 6);
    }

    /** What retention does to a file, in short. */
    private void removeUpTo(long floor) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE recount_log SET floor = " + floor
                    + ", floor_chain = (SELECT chain FROM recount_events WHERE sequence = " + floor + ")");
            statement.execute("DELETE FROM recount_events WHERE sequence <= " + floor);
        }
    }
}
