package dev.recount.feed;

import static dev.recount.feed.Events.append;
import static dev.recount.feed.Events.appendNumbered;
import static dev.recount.feed.Events.event;
import static dev.recount.feed.Events.sequences;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.StoreUnavailable;
import dev.recount.store.memory.MemoryEventStore;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Streams read when something is announced to them, and nothing is announced too little. No heartbeat helps out. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnnouncerTest {

    private static final Query MAYOR = Query.tagged("project", "mayor");

    private final EventStore store = MemoryEventStore.create();
    private final Ends ends = new Ends();
    private final FeedOptions options =
            FeedOptions.defaults().withListener(ends).withHeartbeat(Duration.ofMinutes(10));

    @Test
    void only_streams_that_see_an_event_read() throws Exception {
        AtomicInteger mayorsReads = new AtomicInteger();
        EventStore counting = new PassingStore(store) {
            @Override
            public Page read(Query query, ReadOptions readOptions) {
                if (query.equals(MAYOR)) {
                    mayorsReads.incrementAndGet();
                }
                return super.read(query, readOptions);
            }
        };
        try (Served served = Served.of(Feed.of("gastown", counting, options));
                EventSource mayor = served.stream("?tag=project:mayor");
                EventSource deacon = served.stream("?tag=project:deacon")) {
            mayor.next();
            mayor.next();
            deacon.next();
            deacon.next();

            for (int i = 1; i <= 20; i++) {
                appendNumbered(store, 1, "project:deacon");
                assertThat(deacon.sequences(1)).containsExactly((long) i);
            }

            // Once when it began, and once to be sure that nothing came meanwhile.
            assertThat(mayorsReads).hasValueBetween(1, 2);
            appendNumbered(store, 1, "project:mayor");
            assertThat(mayor.sequences(1)).containsExactly(21L);
        }
    }

    /** The page that the stream has read does not hold the event, and the announcement is over before the stream waits. */
    @Test
    void what_is_announced_between_a_read_and_the_wait_after_it_is_read_next() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        CountDownLatch announced = new CountDownLatch(1);
        EventStore slow = new PassingStore(store) {
            @Override
            public Page read(Query query, ReadOptions readOptions) {
                Page page = super.read(query, readOptions);
                // The second is the one after the announcer began.
                if (query.equals(MAYOR) && reads.incrementAndGet() == 2) {
                    appendNumbered(store, 1, "project:mayor");
                    await(announced);
                }
                return page;
            }

            @Override
            public boolean awaitAfter(long sequence, Duration timeout) throws InterruptedException {
                if (sequence == 1) {
                    announced.countDown();
                }
                return super.awaitAfter(sequence, timeout);
            }
        };
        try (Served served = Served.of(Feed.of("gastown", slow, options));
                EventSource stream = served.stream("?tag=project:mayor")) {
            assertThat(stream.sequences(1)).containsExactly(1L);
        }
        assertThat(announced.getCount()).isZero();
    }

    @Test
    void more_than_can_be_looked_at_is_announced_to_all() throws Exception {
        try (Served served = Served.of(Feed.of("gastown", store, options));
                EventSource stream = served.stream("?tag=project:mayor")) {
            stream.next();
            stream.next();

            appendNumbered(store, 5_000, "project:deacon");
            append(store, event("hooked", "project:mayor"));

            assertThat(stream.sequences(1)).containsExactly(5_001L);
        }
    }

    @Test
    void streams_are_served_while_nobody_can_look_at_what_is_new() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        Supplier<RuntimeException> failure = () -> looks.incrementAndGet() % 2 == 0
                ? new StoreUnavailable("The disk is away. Bring it back.", null)
                : new IllegalStateException("An event is there to fail.");
        EventStore failing = new PassingStore(store) {
            @Override
            public Page read(Query query, ReadOptions readOptions) {
                if (query.isAll()) {
                    throw failure.get();
                }
                return super.read(query, readOptions);
            }
        };
        try (Served served = Served.of(Feed.of("gastown", failing, options));
                EventSource stream = served.stream("?tag=project:mayor")) {
            stream.next();
            stream.next();
            for (int i = 1; i <= 4; i++) {
                append(store, event("hooked", "project:mayor"));
                assertThat(stream.sequences(1)).containsExactly((long) i);
            }
        }
        assertThat(looks.get()).isPositive();
    }

    @Test
    void who_comes_after_the_last_has_left_is_served_as_the_first() throws Exception {
        BlockingQueue<Thread> announcers = new LinkedBlockingQueue<>();
        EventStore watched = new PassingStore(store) {
            @Override
            public boolean awaitAfter(long sequence, Duration timeout) throws InterruptedException {
                announcers.add(Thread.currentThread());
                return super.awaitAfter(sequence, timeout);
            }
        };
        FeedOptions beating = options.withHeartbeat(Duration.ofMillis(20));
        try (Served served = Served.of(Feed.of("gastown", watched, beating))) {
            for (int i = 0; i < 3; i++) {
                try (EventSource stream = served.stream("")) {
                    stream.next();
                    stream.next();
                    appendNumbered(store, 2);
                    assertThat(stream.sequences(2)).isEqualTo(sequences(2L * i + 1, 2L * i + 2));
                }
                assertThat(ends.next()).endsWith(" CLIENT_LEFT");
                Thread announcer = announcers.poll(60, TimeUnit.SECONDS);
                announcer.join(60_000);
                assertThat(announcer.isAlive()).isFalse();
                announcers.clear();
            }
        }
    }

    @Test
    void quiet_streams_that_show_the_same_read_at_their_heartbeats() throws Exception {
        FeedOptions beating = options.withHeartbeat(Duration.ofMillis(50));
        try (Served served = Served.of(Feed.of("gastown", store, beating));
                EventSource one = served.stream("?tag=project:mayor");
                EventSource two = served.stream("?tag=project:mayor")) {
            one.next();
            one.next();
            two.next();
            two.next();

            appendNumbered(store, 10, "project:deacon");

            assertThat(nextId(one)).startsWith("10-");
            assertThat(nextId(two)).startsWith("10-");
        }
    }

    private static String nextId(EventSource stream) throws IOException {
        EventSource.Frame frame = stream.next();
        while (frame != null && frame.id().isEmpty()) {
            frame = stream.next();
        }
        return frame == null ? "" : frame.id();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
