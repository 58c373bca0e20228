package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Eight stores that share nothing but the rig, as eight programs have them; each has one connection to append with. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EightConnectionsTest {

    private static final int CONNECTIONS = 8;
    private static final int APPENDS = 400;

    private final PostgresOptions options = Server.options();
    private final AtomicBoolean enough = new AtomicBoolean();
    private final AtomicInteger acknowledgements = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close_all() throws Exception {
        enough.set(true);
        threads.shutdownNow();
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void appends_with_conditions_and_receipts_pass_the_audit() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            callers.add(new Caller(store(), "caller" + i, random.nextLong(), enough, acknowledgements));
        }
        RigAudit audit = new RigAudit(store(), callers);

        List<CompletableFuture<Void>> running = callers.stream()
                .map(caller -> CompletableFuture.runAsync(caller, threads))
                .toList();
        while (acknowledgements.get() < APPENDS) {
            audit.requireAcknowledged();
            assertThat(running).as("seed %d", seed).noneMatch(CompletableFuture::isDone);
        }
        enough.set(true);
        for (CompletableFuture<Void> each : running) {
            each.get(60, TimeUnit.SECONDS);
        }

        audit.requireNothingElse();
    }

    private PostgresEventStore store() {
        HikariDataSource pool = Pools.of(Server.url(), 1);
        PostgresEventStore store = PostgresEventStore.open(pool, "rig", options);
        open.add(store);
        open.add(pool);
        return store;
    }
}
