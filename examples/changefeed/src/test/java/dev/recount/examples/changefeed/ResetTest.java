package dev.recount.examples.changefeed;

import static dev.recount.examples.changefeed.Running.AT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.examples.changefeed.EventSource.Frame;
import dev.recount.store.Retention;
import dev.recount.store.sqlite.SqliteEventStore;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cursor that does not fit is told so, and the client goes on live. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ResetTest {

    @TempDir
    Path folder;

    private SqliteEventStore store;
    private Running running;

    @BeforeEach
    void run() throws Exception {
        store = SqliteEventStore.open(folder.resolve("work.db"));
        running = Running.over(store);
        running.register("apollo");
        for (int i = 2; i <= 8; i++) {
            running.begin("apollo", "s" + i, "Work");
        }
    }

    @AfterEach
    void stop() {
        running.close();
        store.close();
    }

    /** The frame that says why, then the head, then what comes. */
    private void assertReset(String cursor, String reason) throws Exception {
        long head = store.info().head();
        try (EventSource stream = running.stream("?after=0", "Last-Event-ID", cursor)) {
            Frame reset = stream.nextEvent();
            assertThat(reset.id()).isEmpty();
            assertThat(reset.event()).isEqualTo("reset");
            assertThat(reset.data())
                    .startsWith("{\"control\":\"reset\",\"reason\":\"" + reason + "\",\"message\":\"")
                    .contains(",\"after\":\"" + cursor + "\",\"head\":\"" + head + "-");
            assertThat(stream.next().id()).startsWith(head + "-");

            running.begin("apollo", "live" + head, "Work");
            assertThat(stream.sequences(1)).containsExactly(head + 1);
        }
        HttpResponse<String> page = running.get("?after=" + cursor);
        assertThat(page.statusCode()).isEqualTo(410);
        assertThat(page.body()).contains("\"reason\":\"" + reason + "\"");
    }

    @Test
    void A7_ahead_of_the_head() throws Exception {
        assertReset("999", "AHEAD_OF_HEAD");
    }

    @Test
    void A7_below_the_floor_that_retention_has_moved() throws Exception {
        String cursor;
        try (EventSource stream = running.stream("?after=0")) {
            stream.sequences(3);
            cursor = stream.lastId();
        }
        new Housekeeping(store, Clock.systemUTC()).run(Retention.newest(2));
        assertThat(store.info().floor()).isEqualTo(6);

        assertReset(cursor, "BELOW_FLOOR");
        assertReset("5", "BELOW_FLOOR");
        try (EventSource atTheFloor = running.stream("?after=6")) {
            assertThat(atTheFloor.sequences(2)).containsExactly(7L, 8L);
        }
    }

    @Test
    void A7_of_another_log_and_of_a_copy_that_went_another_way() throws Exception {
        Path copy = folder.resolve("copy.db");
        store.close();
        Files.copy(folder.resolve("work.db"), copy);
        String cursor = cursorAfterOneMore(folder.resolve("work.db"), "here");
        running.close();
        store = SqliteEventStore.open(copy);
        running = Running.over(store);
        running.begin("apollo", "there", "Work");

        assertReset(cursor, "OTHER_LOG");
        assertReset("3-abcdef", "OTHER_LOG");
    }

    private static String cursorAfterOneMore(Path file, String session) throws Exception {
        try (SqliteEventStore store = SqliteEventStore.open(file);
                Running running = Running.over(store);
                EventSource stream = running.stream("?after=8")) {
            running.handle(new WorkCommand.CreateSession("apollo", session, "Work", AT));
            assertThat(stream.sequences(1)).isEqualTo(List.of(9L));
            return stream.lastId();
        }
    }
}
