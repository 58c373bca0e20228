package dev.recount.benchmarks.process;

import dev.recount.event.StoredEvent;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.store.sqlite.SqliteTown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens all rigs of a town and reads from each; answers how many KiB more the process then has for each of them. Its heap should have
 * one size and be touched from the start, so that what the process grows by is native memory; what is used of the heap is added.
 */
public final class TownMemory {

    private static final int WARM = 20;

    private TownMemory() {}

    /** The town's folder. */
    public static void main(String... arguments) throws IOException {
        SqliteOptions options = SqliteOptions.defaults().withMaxOpenRigs(100_000);
        try (SqliteTown town = SqliteTown.open(Path.of(arguments[0]), options)) {
            List<String> rigs = town.rigs();
            int warm = Math.min(WARM, rigs.size() / 2);
            open(town, rigs.subList(0, warm));
            double before = kibibytes();
            open(town, rigs.subList(warm, rigs.size()));
            System.out.println((kibibytes() - before) / (rigs.size() - warm));
        }
    }

    private static void open(SqliteTown town, List<String> rigs) {
        for (String rig : rigs) {
            List<StoredEvent> newest = town.rig(rig)
                    .read(Query.all(), ReadOptions.defaults().newestFirst().withLimit(1))
                    .events();
            if (newest.isEmpty()) {
                throw new IllegalStateException("Rig " + rig + " is empty.");
            }
        }
    }

    private static double kibibytes() throws IOException {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        double heap = (runtime.totalMemory() - runtime.freeMemory()) / 1024.0;
        return heap + Resident.kibibytes("VmRSS");
    }
}
