package dev.recount.examples.town;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.EventLog;
import dev.recount.reaction.RunningReactor;
import dev.recount.store.Query;
import dev.recount.store.sqlite.Durability;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.store.sqlite.SqliteTown;
import dev.recount.testkit.SettableClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that lands convoys, and is killed while it does. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(600)
class ConvoyKillTest {

    private static final SqliteOptions OPTIONS = SqliteOptions.defaults().withDurability(Durability.NORMAL);
    private static final String OWNER = "the-town";
    private static final int KILLS = 3;
    private static final int CONVOYS_OF_EACH_LIFE = 15;

    @TempDir
    Path folder;

    @Test
    void each_convoy_lands_once_however_often_the_program_is_killed() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (SqliteTown town = SqliteTown.open(folder, OPTIONS)) {
            for (int life = 0; life < KILLS; life++) {
                prepare(town, life);
                Process child = start();
                try (BufferedReader out = child.inputReader(UTF_8)) {
                    assertThat(out.readLine()).isEqualTo("running");
                    assertThat(child.waitFor(random.nextInt(250), TimeUnit.MILLISECONDS))
                            .isFalse();
                } finally {
                    child.destroyForcibly();
                }
                assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
            finish(town);

            List<String> landed = TownLog.in(town.rig("gastown")).read(Query.ofTypes("convoy_landed")).stream()
                    .map(recorded -> Objects.requireNonNull(recorded.event().bead()))
                    .toList();
            assertThat(landed).as("seed %d", seed).doesNotHaveDuplicates().hasSize(KILLS * CONVOYS_OF_EACH_LIFE);
        }
    }

    private static void prepare(SqliteTown town, int life) {
        EventLog<TownEvent> home = TownLog.in(town.rig("gastown"));
        EventLog<TownEvent> mill = TownLog.in(town.rig("mill"));
        for (int i = life * CONVOYS_OF_EACH_LIFE; i < (life + 1) * CONVOYS_OF_EACH_LIFE; i++) {
            TownLog.commands(home).handle(CommandCase.create("b" + i));
            TownLog.commands(mill).handle(CommandCase.create("b" + i));
            TownLog.commands(home).handle(CommandCase.convoy("c" + i, "b" + i, "mill/b" + i));
            TownLog.commands(home).handle(close("b" + i));
            TownLog.commands(mill).handle(close("b" + i));
        }
    }

    private static TownCommand close(String bead) {
        return new BeadCommand.CloseBead(bead, null, "mayor", CommandCase.NOON);
    }

    // What a kill broke off waits for its next try.
    private static void finish(SqliteTown town) throws InterruptedException {
        SettableClock clock = new SettableClock();
        clock.set(Instant.now());
        try (TownReactors reactors = TownReactors.start(TownReactors.rigsOf(town), OWNER, clock)) {
            do {
                clock.move(Duration.ofHours(1));
                assertThat(reactors.awaitIdle(Duration.ofMinutes(2))).isTrue();
            } while (reactors.running().stream()
                    .anyMatch(reactor -> reactor.status().pending() > 0));
            for (RunningReactor reactor : reactors.running()) {
                assertThat(reactor.parked(10)).isEmpty();
            }
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** What is killed. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) throws InterruptedException {
            try (SqliteTown town = SqliteTown.open(Path.of(arguments[0]), OPTIONS)) {
                // Said first, so that it is killed anywhere between its start and its end.
                System.out.println("running");
                TownReactors.start(TownReactors.rigsOf(town), OWNER, InstantSource.system());
                Thread.currentThread().join();
            }
        }
    }
}
