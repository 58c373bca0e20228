package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.event.StoredEvent;
import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.Query;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestartTest {

    private static final PostgresOptions PATIENT = PostgresOptions.defaults().withBusyTimeout(Duration.ofMinutes(2));

    // Removed as far as it can be: the server's last process may still be tidying up.
    @TempDir(cleanup = CleanupMode.NEVER)
    Path folder;

    @Test
    void appends_and_waiting_go_on_after_the_server_was_restarted() throws Exception {
        EmbeddedPostgres server = start(RealServer.freePort());
        try (HikariDataSource pool = Pools.of(server.getJdbcUrl("postgres", "postgres"), 6);
                PostgresEventStore store = PostgresEventStore.open(pool, "rig", PATIENT)) {
            AtomicInteger appended = new AtomicInteger();
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<List<Appended>> writing =
                    CompletableFuture.supplyAsync(() -> append(store, appended, enough));
            Sql.await("appends are under way", () -> appended.get() >= 20);

            server.close();
            // It is given five seconds for its end, and ended as well after that.
            Sql.await("the server has ended", () -> Files.notExists(folder.resolve("data/postmaster.pid")));
            server = start(server.getPort());
            int before = appended.get();
            Sql.await("appends go on", () -> appended.get() >= before + 20);
            enough.set(true);

            List<Appended> outcomes = writing.get(2, TimeUnit.MINUTES);
            assertThat(outcomes).noneMatch(Appended::repeated);
            assertThat(Events.all(store, Query.all()))
                    .extracting(StoredEvent::sequence)
                    .isEqualTo(outcomes.stream().map(Appended::last).toList());
            assertThat(store.awaitAfter(outcomes.size() - 1, Duration.ofMinutes(1)))
                    .isTrue();
        } finally {
            server.close();
            FileUtils.deleteQuietly(folder.toFile());
        }
    }

    private static List<Appended> append(PostgresEventStore store, AtomicInteger appended, AtomicBoolean enough) {
        List<Appended> outcomes = new ArrayList<>();
        while (!enough.get()) {
            outcomes.add(store.append(Append.of(List.of(Events.event("noted", "number:" + outcomes.size())))));
            appended.incrementAndGet();
        }
        return outcomes;
    }

    private EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }
}
