package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.reaction.Effect;
import dev.recount.reaction.RunningReactor;
import dev.recount.store.sqlite.Parcels.Parcel;
import dev.recount.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program whose reactor is killed at any moment. {@code -Drecount.reactorKills=1000} kills it more often. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(1_200)
class ReactorKillTest {

    private static final int KILLS = Integer.getInteger("recount.reactorKills", 100);
    private static final int LANES = 2;
    private static final int ORDERS_FOR_EACH_KILL = 20;
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    @Test
    void each_file_is_written_and_each_outcome_recorded_once_however_often_it_is_killed() throws Exception {
        List<Callable<Boolean>> lanes = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            Path own = Files.createDirectory(folder.resolve("lane" + lane));
            long seed = System.nanoTime();
            lanes.add(() -> files(own, KILLS / LANES, seed));
        }
        ExecutorService threads = Executors.newFixedThreadPool(LANES);
        try {
            for (Future<Boolean> lane : threads.invokeAll(lanes)) {
                assertThat(lane.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean files(Path own, int kills, long seed) throws Exception {
        Map<String, String> references = killed("files", own, kills, seed);

        for (Map.Entry<String, String> sent : references.entrySet()) {
            assertThat(own.resolve(sent.getValue())).as("seed " + seed).hasContent("content of " + sent.getKey());
        }
        try (Stream<Path> all = Files.list(own)) {
            assertThat(all.filter(file -> file.toString().endsWith(".parcel")))
                    .as("seed " + seed)
                    .hasSize(references.size());
        }
        try (Stream<Path> all = Files.list(own)) {
            assertThat(all.filter(file -> file.toString().endsWith(".part"))).isEmpty();
        }
        // At least once: an effect that does not look for what it did would have been done as often as this.
        assertThat(Files.readAllLines(own.resolve("performed.txt"))).hasSizeGreaterThanOrEqualTo(references.size());
        return true;
    }

    @Test
    void each_commit_is_made_once_however_often_it_is_killed() throws Exception {
        ReactorChild.git(folder, "init", "--quiet");
        ReactorChild.git(folder, "commit", "--quiet", "--allow-empty", "-m", "Begin");
        long seed = System.nanoTime();

        Map<String, String> references = killed("git", folder, Math.max(1, KILLS / 10), seed);

        List<String> commits = ReactorChild.git(folder, "log", "--format=%H %s", "--grep=Reactor-Key:")
                .lines()
                .toList();
        assertThat(commits)
                .as("seed " + seed)
                .containsExactlyInAnyOrderElementsOf(references.entrySet().stream()
                        .map(sent -> sent.getValue() + " Send " + sent.getKey())
                        .toList());
    }

    /** Kills a child again and again, lets the reactor come to its end, and gives the references of what was sent. */
    private static Map<String, String> killed(String kind, Path own, int kills, long seed) throws Exception {
        Random random = new Random(seed);
        Path file = own.resolve("log.db");
        int orders = ORDERS_FOR_EACH_KILL * kills;
        try (SqliteEventStore store = SqliteEventStore.open(file, ReactorChild.options())) {
            for (int kill = 0; kill < kills; kill++) {
                store.append(Parcels.order(kill * ORDERS_FOR_EACH_KILL, ORDERS_FOR_EACH_KILL));
                runAndKill(kind, file, own, Duration.ofMillis(30 + random.nextInt(270)));
            }
            finish(store, ReactorChild.effect(kind, own), seed);
            assertThat(store.check().ok()).isTrue();
            Map<String, String> references = references(store);
            assertThat(references).as("seed " + seed).hasSize(orders);
            return references;
        }
    }

    // What a kill broke off waits for its next try, and so does a commit that found the branch moved.
    private static void finish(SqliteEventStore store, Effect<String, Parcel> effect, long seed)
            throws InterruptedException {
        SettableClock clock = new SettableClock();
        clock.set(Instant.now());
        try (RunningReactor reactor = ReactorChild.start(store, effect, clock)) {
            do {
                clock.move(Duration.ofHours(1));
                assertThat(reactor.awaitIdle(store.info().head(), LONG)).isTrue();
            } while (reactor.status().pending() > 0);
            assertThat(reactor.parked(10)).as("seed " + seed).isEmpty();
        }
    }

    private static void runAndKill(String kind, Path file, Path own, Duration after)
            throws IOException, InterruptedException {
        try (Child child = Child.start("reactor", file, kind, own)) {
            assertThat(child.readLine()).isEqualTo("running");
            assertThat(child.endsWithin(after)).isFalse();
            child.kill();
        }
    }

    private static Map<String, String> references(SqliteEventStore store) {
        Map<String, String> references = new LinkedHashMap<>();
        Events.all(store).forEach(stored -> {
            Parcel sent = new Parcels.Codec().decode(stored).get(0);
            if (sent.isSent()) {
                assertThat(references.put(sent.id(), sent.reference()))
                        .as("second outcome of " + sent.id())
                        .isNull();
            }
        });
        return references;
    }
}
