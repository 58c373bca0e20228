package dev.recount.examples.changefeed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.feed.FeedOptions;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it costs to be away for a moment from a feed that is long. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CatchUpTest {

    private static final int LONG = 100_000;
    private static final int CLIENTS = 3;
    private static final int TIMES = 5;
    private static final int NEW = 10;
    private static final int FRAME = 400;
    private static final int BEGINNING = 10_000;

    @TempDir
    Path folder;

    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final Ends ends = new Ends();

    private EventStore counted(EventStore store) {
        return new PassingStore(store) {
            @Override
            public Page read(Query query, ReadOptions options) {
                Page page = super.read(query, options);
                // A stream that is idle looks at each heartbeat, however long that goes on, and finds nothing.
                reads.addAndGet(page.events().isEmpty() ? 0 : 1);
                events.addAndGet(page.events().size());
                return page;
            }
        };
    }

    @Test
    void A17_clients_that_reconnect_to_a_long_feed_cost_what_is_new() throws Exception {
        FeedOptions options = FeedOptions.defaults().withListener(ends).withHeartbeat(Duration.ofMillis(20));
        try (SqliteEventStore store = SqliteEventStore.open(folder.resolve("work.db"));
                Running running = Running.over(store, this::counted, options)) {
            running.register("apollo");
            append(store, LONG - 1);
            List<String> cursors = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                cursors.add(cursorAtTheHead(running));
            }
            reads.set(0);
            events.set(0);
            long bytes = 0;

            for (int time = 0; time < TIMES; time++) {
                long head = store.info().head();
                append(store, NEW);
                for (int i = 0; i < CLIENTS; i++) {
                    Sent sent = reconnect(running, cursors.get(i), head);
                    cursors.set(i, sent.cursor());
                    bytes += sent.bytes();
                }
            }

            long connections = (long) CLIENTS * TIMES;
            // The feed may look at what is new once more, to find out whom to tell.
            assertThat(events).hasValueBetween(connections * NEW, (connections + TIMES) * NEW);
            assertThat(reads).hasValueBetween(connections, (connections + TIMES) * NEW);
            assertThat(bytes).isLessThan(connections * (NEW * FRAME + BEGINNING));
            System.out.println("[A17] " + connections + " reconnections to " + LONG + " events, " + NEW + " new each: "
                    + reads + " reads of " + events + " events, " + bytes + " bytes");
        }
    }

    private static void append(SqliteEventStore store, int count) {
        List<NewEvent> all = IntStream.range(0, count)
                .mapToObj(i -> NewEvent.of("noise", "{\"number\":" + i + "}").withTags(Tags.of("project", "apollo")))
                .toList();
        for (int from = 0; from < count; from += 5_000) {
            store.append(Append.of(all.subList(from, Math.min(count, from + 5_000))));
        }
    }

    private String cursorAtTheHead(Running running) throws Exception {
        String cursor;
        try (EventSource stream = running.stream("", "X-Request-Id", "r")) {
            stream.next();
            stream.next();
            cursor = stream.lastId();
        }
        awaitNoticed();
        return cursor;
    }

    /** What a connection got. Immutable. */
    private record Sent(String cursor, long bytes) {}

    private Sent reconnect(Running running, String cursor, long head) throws Exception {
        Sent sent;
        try (EventSource stream = running.stream("?after=0", "X-Request-Id", "r", "Last-Event-ID", cursor)) {
            assertThat(stream.sequences(NEW))
                    .isEqualTo(
                            LongStream.rangeClosed(head + 1, head + NEW).boxed().toList());
            sent = new Sent(stream.lastId(), stream.received().length());
        }
        awaitNoticed();
        return sent;
    }

    // Until the daemon notices that a client has left, it reads on for it.
    private void awaitNoticed() throws InterruptedException {
        assertThat(ends.next()).isEqualTo("r CLIENT_LEFT");
    }
}
