package dev.recount.examples.changefeed;

import static dev.recount.examples.changefeed.Running.AT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.examples.changefeed.EventSource.Frame;
import dev.recount.store.sqlite.SqliteEventStore;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon ends, and is there again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RestartTest {

    private static final int KILLS = 2;
    private static final int EACH = 40;

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("work.db");
    }

    @Test
    void A15_nothing_is_repeated_or_missed_over_a_restart() throws Exception {
        try (SqliteEventStore store = SqliteEventStore.open(file())) {
            String cursor;
            try (Running first = Running.over(store)) {
                first.register("apollo");
                first.begin("apollo", "s2", "Work");
                try (EventSource stream = first.stream("?after=0")) {
                    assertThat(stream.sequences(2)).containsExactly(1L, 2L);
                    first.daemon().close();
                    assertThat(stream.next().comment()).isEqualTo("the feed was closed");
                    assertThat(stream.next()).isNull();
                    cursor = stream.lastId();
                }
                first.begin("apollo", "s3", "While nobody served");
            }
            try (Running second = Running.over(store);
                    EventSource stream = second.stream("?after=0", "Last-Event-ID", cursor)) {
                second.begin("apollo", "s4", "Work");
                assertThat(stream.sequences(2)).containsExactly(3L, 4L);
            }
        }
    }

    @Test
    void A15_nor_over_a_daemon_that_is_killed_while_it_sends_and_others_write() throws Exception {
        List<Long> read = new ArrayList<>();
        String cursor = "0";
        try (SqliteEventStore store = SqliteEventStore.open(file())) {
            WorkLog.commands(store).handle(new WorkCommand.RegisterProject("apollo", "Apollo", AT));
            for (int life = 1; life <= KILLS + 1; life++) {
                try (Child daemon = Child.daemon(file(), "-Xmx96m");
                        EventSource stream = EventSource.connect(
                                daemon.address(), Daemon.EVENTS + "?after=0", "Last-Event-ID", cursor)) {
                    Thread writer = startAppending(store, life);
                    if (life <= KILLS) {
                        read.addAll(stream.sequences(EACH / 2));
                        daemon.kill();
                        readWhatStillCame(stream, read);
                        writer.join();
                    } else {
                        writer.join();
                        readUpTo(stream, read, store.info().head());
                    }
                    cursor = stream.lastId();
                }
            }

            assertThat(read)
                    .isEqualTo(LongStream.rangeClosed(1, store.info().head())
                            .boxed()
                            .toList());
        }
    }

    private static Thread startAppending(SqliteEventStore store, int life) {
        Thread writer = new Thread(() -> {
            for (int i = 0; i < EACH; i++) {
                WorkLog.commands(store).handle(new WorkCommand.CreateSession("apollo", life + "-" + i, "Work", AT));
            }
        });
        writer.start();
        return writer;
    }

    private static void readWhatStillCame(EventSource stream, List<Long> read) throws IOException {
        try {
            for (Frame frame = stream.nextEvent(); frame != null; frame = stream.nextEvent()) {
                read.add(frame.sequence());
            }
        } catch (SocketException e) {
            // The connection was reset; what came before counts.
        }
    }

    private static void readUpTo(EventSource stream, List<Long> read, long head) throws IOException {
        while (read.isEmpty() || read.get(read.size() - 1) < head) {
            read.addAll(stream.sequences(1));
        }
    }
}
