package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * A server that syncs to the disk is killed fifty times, in the midst of appends. Its database says that a commit need not wait for that: an append
 * does all the same.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KilledServerTest {

    private static final int KILLS = 50;
    private static final int RIGS = 3;

    // One town waits for the server, so that the store itself finds out what was stored; the other leaves that to
    // receipts.
    private static final PostgresOptions PATIENT = PostgresOptions.defaults().withBusyTimeout(Duration.ofMinutes(2));
    private static final PostgresOptions IMPATIENT = PostgresOptions.defaults().withBusyTimeout(Duration.ofMillis(20));

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final AtomicBoolean enough = new AtomicBoolean();
    private final AtomicInteger acknowledgements = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<CompletableFuture<Void>> running = new ArrayList<>();

    @AfterEach
    void end_threads() {
        enough.set(true);
        threads.shutdownNow();
    }

    @Test
    void fifty_kills_lose_no_acknowledged_event_and_double_no_append() throws Exception {
        System.out.println("KilledServerTest: seed " + seed);
        try (RealServer server = RealServer.start();
                HikariDataSource pool = server.pool(8, "ALTER DATABASE postgres SET synchronous_commit = off");
                PostgresTown patient = PostgresTown.open(pool, PATIENT);
                PostgresTown impatient = PostgresTown.open(server.dataSource(), IMPATIENT)) {
            List<RigAudit> audits = IntStream.range(0, RIGS)
                    .mapToObj(rig -> audit("rig" + rig, patient, impatient))
                    .toList();

            for (int kill = 0; kill < KILLS; kill++) {
                killInTheMidstOfAppends(server);
                server.startAgain();
                audits.forEach(RigAudit::requireAcknowledged);
            }
            enough.set(true);
            for (CompletableFuture<Void> each : running) {
                each.get(2, TimeUnit.MINUTES);
            }

            audits.forEach(RigAudit::requireNothingElse);
        } catch (AssertionError e) {
            throw new AssertionError("Seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private RigAudit audit(String rig, PostgresTown patient, PostgresTown impatient) {
        PostgresEventStore store = patient.rig(rig);
        List<Caller> callers = List.of(
                new Caller(store, rig + "a", random.nextLong(), enough, acknowledgements),
                new Caller(store, rig + "b", random.nextLong(), enough, acknowledgements),
                new Caller(impatient.rig(rig), rig + "c", random.nextLong(), enough, acknowledgements));
        callers.forEach(caller -> running.add(CompletableFuture.runAsync(caller, threads)));
        return new RigAudit(store, callers);
    }

    private void killInTheMidstOfAppends(RealServer server) throws Exception {
        int atLeast = acknowledgements.get() + 1 + random.nextInt(60);
        Sql.await("appends are under way", () -> {
            assertThat(running).noneMatch(CompletableFuture::isDone);
            return acknowledgements.get() >= atLeast;
        });
        LockSupport.parkNanos(random.nextInt(2_000_000));
        server.kill();
    }
}
