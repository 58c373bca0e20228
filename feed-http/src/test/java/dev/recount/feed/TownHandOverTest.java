package dev.recount.feed;

import static dev.recount.feed.Events.appendNumbered;
import static dev.recount.feed.Events.sequences;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.feed.EventSource.Frame;
import dev.recount.store.EventStoreException;
import dev.recount.store.LogCorrupt;
import dev.recount.store.Query;
import dev.recount.store.StoreUnavailable;
import dev.recount.store.sqlite.Durability;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.store.sqlite.SqliteTown;
import dev.recount.town.Town;
import dev.recount.town.TownCursor;
import dev.recount.town.TownPage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a town, too, history becomes live without a gap and without a duplicate, and a broken rig leaves nobody without rest. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TownHandOverTest {

    private static final List<String> RIGS = List.of("a", "b", "c", "new");
    private static final int CLIENTS = 3;
    private static final int APPENDS = 40;
    private static final FeedOptions PATIENT = FeedOptions.defaults().withHeartbeat(Duration.ofMinutes(10));

    @TempDir
    Path folder;

    private SqliteTown town;

    @BeforeEach
    void open() {
        town = SqliteTown.open(folder, SqliteOptions.defaults().withDurability(Durability.NORMAL));
        for (String rig : List.of("a", "b", "c")) {
            appendNumbered(town.rig(rig), 10);
        }
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void the_first_event_of_a_new_rig_comes_also_where_the_rigs_cannot_be_listed_at_that_moment() throws Exception {
        AtomicBoolean away = new AtomicBoolean();
        Town listed = new PassingTown(town) {
            @Override
            public List<String> rigs() {
                if (away.getAndSet(false)) {
                    throw new StoreUnavailable("The disk is away. Bring it back.", null);
                }
                return super.rigs();
            }
        };
        try (Served served = Served.of(Feed.of(listed, PATIENT));
                EventSource stream = served.stream("")) {
            stream.next();
            stream.next();

            away.set(true);
            appendNumbered(town.rig("new"), 2);

            assertThat(read(stream, 2)).isEqualTo(Map.of("new", List.of(1L, 2L)));
            assertThat(away).isFalse();
        }
    }

    private static String rig(Frame frame) {
        return frame.data().replaceAll("^\\{\"sequence\":\\d+,\"rig\":\"([^\"]+)\".*$", "$1");
    }

    private static Map<String, List<Long>> read(EventSource stream, int count) throws IOException {
        Map<String, List<Long>> found = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            Frame frame = stream.nextEvent();
            assertThat(frame).as("after %s", found).isNotNull();
            found.computeIfAbsent(rig(frame), any -> new ArrayList<>()).add(frame.sequence());
        }
        return found;
    }

    @Test
    void who_connects_while_several_rigs_are_written_gets_every_event_once_and_each_rig_in_order() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(RIGS.size() + CLIENTS);
        try (Served served = Served.of(Feed.of(town))) {
            CyclicBarrier together = new CyclicBarrier(RIGS.size() + CLIENTS);
            List<Future<?>> writers = new ArrayList<>();
            for (String rig : RIGS) {
                writers.add(threads.submit(write(rig, together)));
            }
            List<Future<Map<String, List<Long>>>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(follow(served, together)));
            }

            for (Future<?> writer : writers) {
                writer.get(120, TimeUnit.SECONDS);
            }
            for (Future<Map<String, List<Long>>> client : clients) {
                assertThat(client.get(120, TimeUnit.SECONDS))
                        .containsEntry("a", sequences(1, 10 + 2 * APPENDS))
                        .containsEntry("b", sequences(1, 10 + 2 * APPENDS))
                        .containsEntry("c", sequences(1, 10 + 2 * APPENDS))
                        .containsEntry("new", sequences(1, 2 * APPENDS));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<Void> write(String rig, CyclicBarrier together) {
        return () -> {
            together.await(60, TimeUnit.SECONDS);
            for (int i = 0; i < APPENDS; i++) {
                appendNumbered(town.rig(rig), 2);
            }
            return null;
        };
    }

    /** Leaves in the middle and resumes. */
    private static Callable<Map<String, List<Long>>> follow(Served served, CyclicBarrier together) {
        return () -> {
            together.await(60, TimeUnit.SECONDS);
            Map<String, List<Long>> found;
            String cursor;
            try (EventSource stream = served.stream("?after=0")) {
                found = read(stream, 47);
                cursor = stream.lastId();
            }
            try (EventSource stream = served.stream("?after=0", "Last-Event-ID", cursor)) {
                read(stream, 30 + RIGS.size() * 2 * APPENDS - 47)
                        .forEach((rig, sequences) -> found.computeIfAbsent(rig, any -> new ArrayList<>())
                                .addAll(sequences));
            }
            return found;
        };
    }

    @Test
    void what_is_stored_just_before_the_first_waits_comes_at_once() throws Exception {
        AtomicInteger waits = new AtomicInteger();
        Town appending = new PassingTown(town) {
            @Override
            public boolean awaitAfter(TownCursor cursor, Duration timeout) throws InterruptedException {
                if (waits.getAndIncrement() < 3) {
                    appendNumbered(SqliteTown.class.cast(town).rig("b"), 1);
                }
                return super.awaitAfter(cursor, timeout);
            }
        };
        try (Served served = Served.of(Feed.of(appending, PATIENT));
                EventSource stream = served.stream("")) {
            assertThat(read(stream, 3)).isEqualTo(Map.of("b", sequences(11, 13)));
        }
    }

    @Test
    void what_is_stored_just_after_a_page_was_read_comes_next() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        Town appending = new PassingTown(town) {
            @Override
            public TownPage read(TownCursor cursor, Query query, int limit) {
                TownPage page = super.read(cursor, query, limit);
                if (reads.getAndIncrement() < 3) {
                    appendNumbered(SqliteTown.class.cast(town).rig("c"), 1);
                }
                return page;
            }
        };
        try (Served served = Served.of(Feed.of(appending, PATIENT));
                EventSource stream = served.stream("?after=0")) {
            assertThat(read(stream, 33)).containsEntry("c", sequences(1, 13));
        }
    }

    /** Whose rig b can be asked how far it is, and not be read. */
    private final class Half extends PassingTown {
        private final BlockingQueue<TownCursor> waits = new LinkedBlockingQueue<>();
        private volatile boolean whole;

        Half() {
            super(TownHandOverTest.this.town);
        }

        @Override
        public TownPage read(TownCursor cursor, Query query, int limit) {
            TownPage page = super.read(cursor, query, limit);
            if (whole) {
                return page;
            }
            Map<String, EventStoreException> broken = Map.of("b", new LogCorrupt("b is damaged", null));
            return new TownPage(
                    page.events().stream()
                            .filter(found -> !found.rig().equals("b"))
                            .toList(),
                    page.next().without("b"),
                    true,
                    broken);
        }

        @Override
        public boolean awaitAfter(TownCursor cursor, Duration timeout) throws InterruptedException {
            waits.add(cursor);
            return super.awaitAfter(cursor, timeout);
        }
    }

    @Test
    void a_rig_that_cannot_be_read_is_not_waited_for_and_is_tried_again() throws Exception {
        Half half = new Half();
        try (Served served = Served.of(Feed.of(half, PATIENT));
                EventSource stream = served.stream("?after=0")) {
            assertThat(stream.nextEvent().event()).isEqualTo("broken");
            assertThat(read(stream, 20)).containsOnlyKeys("a", "c");
            TownCursor waited = half.waits.poll(60, TimeUnit.SECONDS);
            assertThat(waited).isNotNull();
            // What b holds already ends no wait.
            assertThat(waited.rigs().get("b").sequence()).isGreaterThanOrEqualTo(10);

            half.whole = true;

            assertThat(stream.nextEvent().data()).isEqualTo("{\"control\":\"broken\",\"broken\":[]}");
            assertThat(read(stream, 10)).isEqualTo(Map.of("b", sequences(1, 10)));
        }
    }
}
