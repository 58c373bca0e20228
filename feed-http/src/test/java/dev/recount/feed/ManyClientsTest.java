package dev.recount.feed;

import static dev.recount.feed.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred clients at once. What they cost is measured elsewhere. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ManyClientsTest {

    private static final int PROJECTS = 10;
    private static final int CLIENTS = 95;
    private static final int DASHBOARDS = 2;
    private static final int SILENT = 3;
    private static final int EVENTS = 2_000;
    private static final int BATCH = 50;

    @TempDir
    Path folder;

    @Test
    void each_of_many_gets_all_of_its_project_once_and_in_order_beside_some_that_never_read() throws Exception {
        Ends ends = new Ends();
        FeedOptions options = FeedOptions.defaults().withListener(ends).withHeartbeat(Duration.ofMinutes(10));
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + DASHBOARDS);
        try (EventStore store = SqliteEventStore.open(folder.resolve("log.db"));
                Served served = Served.of(Feed.of("gastown", store, options))) {
            List<Future<List<Long>>> projects = new ArrayList<>();
            List<Future<List<Long>>> dashboards = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                projects.add(threads.submit(read(served, "?tag=project:" + i % PROJECTS, EVENTS / PROJECTS)));
            }
            for (int i = 0; i < DASHBOARDS; i++) {
                dashboards.add(threads.submit(read(served, "", EVENTS)));
            }
            List<EventSource> silent = new ArrayList<>();
            for (int i = 0; i < SILENT; i++) {
                silent.add(EventSource.withASmallBuffer(served.address(), "/api/v1/events"));
            }
            for (int i = 0; i < CLIENTS + DASHBOARDS + SILENT; i++) {
                ends.nextOpened();
            }

            for (int first = 0; first < EVENTS; first += BATCH) {
                store.append(Append.of(batch(first)));
            }

            for (int i = 0; i < CLIENTS; i++) {
                assertThat(projects.get(i).get(120, TimeUnit.SECONDS)).isEqualTo(ofProject(i % PROJECTS));
            }
            for (Future<List<Long>> dashboard : dashboards) {
                assertThat(dashboard.get(120, TimeUnit.SECONDS)).isEqualTo(Events.sequences(1, EVENTS));
            }
            for (EventSource stream : silent) {
                stream.close();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<List<Long>> read(Served served, String query, int events) {
        return () -> {
            try (EventSource stream = served.stream(query)) {
                return stream.sequences(events);
            }
        };
    }

    private static List<NewEvent> batch(int first) {
        return IntStream.range(first, first + BATCH)
                .mapToObj(i -> event("bead.updated", "project:" + i % PROJECTS, "bead:gt-" + i))
                .toList();
    }

    private static List<Long> ofProject(int project) {
        return LongStream.range(0, EVENTS / PROJECTS)
                .mapToObj(i -> i * PROJECTS + project + 1)
                .toList();
    }
}
