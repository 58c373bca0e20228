package dev.recount.feed;

import static dev.recount.feed.Events.appendNumbered;
import static dev.recount.feed.Events.sequences;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Retention;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From history to live without a gap and without a duplicate. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HandOverTest {

    private static final int WRITERS = 3;
    private static final int CLIENTS = 4;
    private static final int APPENDS = 60;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void who_connects_while_several_write_gets_every_event_once_and_in_order(String kind) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + CLIENTS);
        try (EventStore store = kind.equals("memory")
                        ? MemoryEventStore.create()
                        : SqliteEventStore.open(folder.resolve("log.db"));
                Served served = Served.of(Feed.of("gastown", store))) {
            appendNumbered(store, 100);
            CyclicBarrier together = new CyclicBarrier(WRITERS + CLIENTS);
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(threads.submit(write(store, together)));
            }
            List<Future<List<Long>>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(read(served, together, i * 30)));
            }

            for (Future<?> writer : writers) {
                writer.get(120, TimeUnit.SECONDS);
            }
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(clients.get(i).get(120, TimeUnit.SECONDS))
                        .isEqualTo(sequences(i * 30 + 1, 100 + 2 * WRITERS * APPENDS));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Void> write(EventStore store, CyclicBarrier together) {
        return () -> {
            together.await(60, TimeUnit.SECONDS);
            for (int i = 0; i < APPENDS; i++) {
                appendNumbered(store, 2);
            }
            return null;
        };
    }

    private static Callable<List<Long>> read(Served served, CyclicBarrier together, int after) {
        return () -> {
            together.await(60, TimeUnit.SECONDS);
            try (EventSource stream = served.stream("?after=" + after)) {
                return stream.sequences(100 + 2 * WRITERS * APPENDS - after);
            }
        };
    }

    @Test
    void what_is_stored_just_before_the_first_wait_comes_at_once() throws Exception {
        EventStore store = MemoryEventStore.create();
        AtomicInteger waits = new AtomicInteger();
        EventStore appending = new PassingStore(store) {
            @Override
            public boolean awaitAfter(long sequence, Duration timeout) throws InterruptedException {
                if (waits.getAndIncrement() < 3) {
                    appendNumbered(store, 1);
                }
                return super.awaitAfter(sequence, timeout);
            }
        };
        FeedOptions options = FeedOptions.defaults().withHeartbeat(Duration.ofMinutes(10));
        try (Served served = Served.of(Feed.of("gastown", appending, options));
                EventSource stream = served.stream("")) {
            assertThat(stream.sequences(3)).isEqualTo(sequences(1, 3));
        }
    }

    @Test
    void what_is_stored_just_after_a_page_was_read_comes_next() throws Exception {
        EventStore store = MemoryEventStore.create();
        appendNumbered(store, 5);
        AtomicInteger reads = new AtomicInteger();
        EventStore appending = new PassingStore(store) {
            @Override
            public Page read(Query query, ReadOptions options) {
                Page page = super.read(query, options);
                if (reads.getAndIncrement() < 3) {
                    appendNumbered(store, 1);
                }
                return page;
            }
        };
        FeedOptions options = FeedOptions.defaults().withHeartbeat(Duration.ofMinutes(10));
        try (Served served = Served.of(Feed.of("gastown", appending, options));
                EventSource stream = served.stream("?after=2")) {
            assertThat(stream.sequences(6)).isEqualTo(sequences(3, 8));
        }
    }

    @Test
    void a_client_that_retention_overtakes_is_told_so_and_goes_on_at_the_head() throws Exception {
        MemoryEventStore memory = MemoryEventStore.create();
        appendNumbered(memory, 5);
        EventStore retaining = new PassingStore(memory) {
            @Override
            public Page read(Query query, ReadOptions options) {
                if (memory.info().head() == 10) {
                    memory.retain(Retention.newest(3));
                }
                return super.read(query, options);
            }
        };
        try (Served served = Served.of(Feed.of("gastown", retaining));
                EventSource stream = served.stream("")) {
            stream.next();
            assertThat(stream.next().id()).startsWith("5-");

            appendNumbered(memory, 5);

            EventSource.Frame reset = stream.nextEvent();
            assertThat(reset.event()).isEqualTo("reset");
            assertThat(reset.data()).contains("\"reason\":\"BELOW_FLOOR\"", "\"head\":\"10-", "\"floor\":7");
            assertThat(stream.next().id()).startsWith("10-");
            appendNumbered(memory, 1);
            assertThat(stream.sequences(1)).containsExactly(11L);
        }
    }
}
