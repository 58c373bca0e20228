package dev.recount.benchmarks.process;

import dev.recount.store.Query;
import dev.recount.store.StoreClosed;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.store.sqlite.SqliteTown;
import dev.recount.town.TownCursor;
import java.nio.file.Path;
import java.time.Duration;

/** Waits for events on all rigs of a town, in which nothing happens; answers how many percent of a core that takes. */
public final class TownIdle {

    private static final Duration LONG = Duration.ofHours(1);

    private TownIdle() {}

    /** The town's folder, and for how many milliseconds it is watched. */
    public static void main(String... arguments) throws InterruptedException {
        SqliteOptions options = SqliteOptions.defaults().withMaxOpenRigs(100_000);
        try (SqliteTown town = SqliteTown.open(Path.of(arguments[0]), options)) {
            Thread waiting = new Thread(() -> await(town));
            waiting.setDaemon(true);
            waiting.start();
            // Long enough to have looked at every rig once.
            Thread.sleep(3_000);
            System.out.println(Cpu.percentDuring(Duration.ofMillis(Long.parseLong(arguments[1]))));
            System.out.flush();
        }
    }

    private static void await(SqliteTown town) {
        try {
            TownCursor newest = town.newest(Query.all(), 1).next();
            if (town.awaitAfter(newest, LONG)) {
                throw new IllegalStateException("Something happened in " + town + ", where nothing should.");
            }
        } catch (StoreClosed | InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
