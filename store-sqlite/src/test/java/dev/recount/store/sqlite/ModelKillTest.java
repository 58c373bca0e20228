package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.StoredEvent;
import dev.recount.sql.ReadModelStatus;
import dev.recount.store.Append;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills processes that append, apply, build and swap, at any moment, each in two logs; {@code recount.kills} says how often a log is
 * broken off so.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ModelKillTest {

    private static final int KILLS = Integer.getInteger("recount.kills", 100);
    private static final int KILLS_OF_A_FILE = 10;
    private static final long SEED = 20_260_303;
    private static final Pattern ACKNOWLEDGED = Pattern.compile("(\\d+) in (.*\\.db)");

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);

    @Test
    void whenever_it_is_killed_nothing_is_lost_and_nothing_applied_twice() throws Exception {
        int processes = (KILLS + 1) / 2;
        for (int process = 0; process < processes; process++) {
            String file = process / KILLS_OF_A_FILE + ".db";
            List<Path> files = List.of(folder.resolve("one-" + file), folder.resolve("other-" + file));
            Map<String, Long> acknowledged = runAndKill(files);

            boolean isLast = process % KILLS_OF_A_FILE == KILLS_OF_A_FILE - 1 || process == processes - 1;
            for (Path log : files) {
                checkAfter(log, process, acknowledged.get(log.toString()));
                if (isLast) {
                    finish(log);
                }
            }
        }
    }

    /** The last sequence of each file that was acknowledged. */
    private Map<String, Long> runAndKill(List<Path> files) throws Exception {
        Map<String, Long> acknowledged = new HashMap<>();
        try (Child child = Child.start("models", files.get(0), files.get(1))) {
            while (acknowledged.size() < files.size()) {
                note(child.readLine(), acknowledged);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50 + random.nextInt(350)));
            child.kill();
            for (String line : child.rest()) {
                note(line, acknowledged);
            }
            return acknowledged;
        }
    }

    // The last line of a killed child may be cut; then it counts as not said.
    private static void note(String line, Map<String, Long> acknowledged) {
        Matcher said = ACKNOWLEDGED.matcher(line);
        if (said.matches()) {
            acknowledged.put(said.group(2), Long.parseLong(said.group(1)));
        }
    }

    private void checkAfter(Path file, int process, long acknowledged) {
        String what = "process " + process + ", " + file + ", with seed " + SEED;
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            List<StoredEvent> events = Events.all(store);
            assertThat(store.info().head()).as(what).isGreaterThanOrEqualTo(acknowledged);
            assertThat(events).as(what).hasSize((int) store.info().head());
            assertThat(store.check().problems()).as(what).isEmpty();
            for (ReadModelStatus status : store.readModels()) {
                checkTables(store, status, events, what + ", " + status);
            }
        }
        if (random.nextInt(3) == 0) {
            goOn(file, what);
        }
    }

    private static void checkTables(
            SqliteEventStore store, ReadModelStatus status, List<StoredEvent> events, String what) {
        if (status.version() > 0) {
            Counts live = Counts.of(status.name(), status.version());
            assertThat(live.rows(store)).as(what).isEqualTo(live.expected(events, status.checkpoint()));
        }
        if (status.build().isPresent()) {
            ReadModelStatus.Build build = status.build().get();
            Counts built = Counts.of(status.name(), build.version());
            assertThat(built.rows(store, "@" + numberOfBuild(store, status.name())))
                    .as(what)
                    .isEqualTo(built.expected(events, build.checkpoint()));
        }
    }

    private static Object numberOfBuild(SqliteEventStore store, String model) {
        return store.query("SELECT number FROM recount_read_model_builds WHERE name = ?", model)
                .get(0)
                .get("number");
    }

    // What was built before the kill is not built again.
    private static void goOn(Path file, String what) {
        Optional<ReadModelStatus> built;
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            built = store.readModels().stream()
                    .filter(status -> status.build().isPresent())
                    .findFirst();
        }
        if (built.isPresent()) {
            ReadModelStatus.Build build = built.get().build().orElseThrow();
            AtomicLong first = new AtomicLong();
            Counts counts = Counts.of(built.get().name(), build.version());
            try (SqliteEventStore store =
                    SqliteEventStore.open(file, SqliteOptions.defaults().withInline(new Watched(counts, first)))) {
                assertThat(first.get()).as(what).isIn(0L, build.checkpoint() + 1);
                assertThat(counts.rows(store)).as(what).isEqualTo(counts.expected(Events.all(store), Long.MAX_VALUE));
            }
        }
    }

    private static void finish(Path file) throws Exception {
        SqliteOptions options =
                SqliteOptions.defaults().withInline(Counts.of("inline", 1_000)).withInline(Counts.of("async", 1_000));
        try (SqliteEventStore store = SqliteEventStore.open(file, options)) {
            store.append(Append.of(Events.numbered(1, "bead:last")));
            List<StoredEvent> events = Events.all(store);
            for (ReadModelStatus status : store.readModels()) {
                checkTables(store, status, events, status.toString());
                assertThat(status.state()).isEqualTo(ReadModelStatus.State.CURRENT);
            }
            assertThat(store.query("SELECT name FROM sqlite_master WHERE type IN ('table', 'view', 'trigger')"
                            + " AND name LIKE '%@%'"))
                    .isEmpty();
            assertThat(store.query("SELECT name FROM recount_read_model_tables"))
                    .hasSize(8);
            assertThat(store.check().problems()).isEmpty();
        }
    }
}
