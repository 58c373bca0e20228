package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.sql.ReadModelStatus;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(120)
class AsyncModelTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void a_path() {
        file = folder.resolve("log.db");
    }

    private SqliteEventStore openAsync(SqlReadModel model) {
        return SqliteEventStore.open(file, SqliteOptions.defaults().withAsync(model));
    }

    private static void store(EventStore store, int events) {
        store.append(Append.of(Events.numbered(events, "bead:1")));
    }

    private static List<String> modelThreads(String model) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.equals("recount-model-" + model))
                .toList();
    }

    @Test
    void async_and_inline_go_on_from_the_same_checkpoint() throws Exception {
        try (SqliteEventStore store = openAsync(Counts.of(1))) {
            store(store, 10);
            assertThat(store.awaitApplied("counts", 10, LONG)).isTrue();
        }
        AtomicLong inline = new AtomicLong();
        SqliteOptions options = SqliteOptions.defaults().withInline(new Watched(Counts.of(1), inline));
        try (SqliteEventStore store = SqliteEventStore.open(file, options)) {
            store(store, 10);
            assertThat(Counts.of(1).rows(store)).isEqualTo(Map.of("1", 20L));
        }
        AtomicLong async = new AtomicLong();
        try (SqliteEventStore store = openAsync(new Watched(Counts.of(1), async))) {
            store(store, 1);
            assertThat(store.awaitApplied("counts", 21, LONG)).isTrue();
        }
        assertThat(List.of(inline.get(), async.get())).containsExactly(11L, 21L);
    }

    @Test
    void a_store_that_only_reads_tells_of_it_and_starts_nothing() throws Exception {
        try (SqliteEventStore store = openAsync(Counts.of("quiet", 3))) {
            store(store, 5);
            assertThat(store.awaitApplied("quiet", 5, LONG)).isTrue();
        }

        try (SqliteEventStore store = SqliteEventStore.openReadOnly(file)) {
            assertThat(modelThreads("quiet")).isEmpty();
            ReadModelStatus status = store.readModels().get(0);
            assertThat(status.name()).isEqualTo("quiet");
            assertThat(status.version()).isEqualTo(3);
            assertThat(status.mode()).isEmpty();
            assertThat(store.awaitApplied("quiet", 5, LONG)).isTrue();
            assertThatThrownBy(() -> store.rebuild("quiet")).hasMessageContaining("opened to read only");
        }
    }

    @Test
    void a_log_without_read_models_has_none() {
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            assertThat(store.readModels()).isEmpty();
        }
    }

    @Test
    void a_town_has_a_thread_for_each_open_rig_and_none_when_closed() throws Exception {
        Counts counts = Counts.of("rigged", 1);
        SqliteOptions options = SqliteOptions.defaults().withAsync(counts).withMaxOpenRigs(2);
        try (SqliteTown town = SqliteTown.open(folder, options)) {
            for (int i = 0; i < 5; i++) {
                store(town.rig("rig-" + i), 10);
            }
            assertThat(modelThreads("rigged").size()).isLessThanOrEqualTo(2);
        }
        assertThat(modelThreads("rigged")).isEmpty();

        for (int i = 0; i < 5; i++) {
            try (SqliteEventStore rig = SqliteEventStore.open(
                    folder.resolve("rig-" + i + ".db"), SqliteOptions.defaults().withAsync(counts))) {
                assertThat(rig.awaitApplied("rigged", 10, LONG)).isTrue();
                assertThat(counts.rows(rig)).isEqualTo(Map.of("1", 10L));
            }
        }
    }
}
