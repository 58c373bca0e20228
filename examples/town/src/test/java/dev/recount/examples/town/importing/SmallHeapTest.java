package dev.recount.examples.town.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.EventLog;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownLog;
import dev.recount.examples.town.TownProjector;
import dev.recount.examples.town.TownState;
import dev.recount.replay.Replayed;
import dev.recount.store.sqlite.SqliteEventStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SmallHeapTest {

    private static final int ROWS = 85_000;
    private static final int ALIVE = 3_000;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void a_history_of_85000_rows_is_imported_and_replayed_with_a_heap_of_64_MB() throws Exception {
        Path file = folder.resolve("history.jsonl");
        writeHistory(file);

        String output = runChild(file);

        assertThat(output).contains("imported 85000 into 85000 events, replayed 85000 into " + ALIVE + " beads");
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void the_real_history_fits_as_well() throws Exception {
        String output = runChild(RealData.require("beads-history/events.jsonl.gz"));

        assertThat(output).contains("imported 84917 into 98491 events, replayed 98491 into 3004 beads");
    }

    private String runChild(Path file) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        file.toString(),
                        folder.resolve("rig.db").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int status = child.waitFor();
        assertThat(status).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }

    /** Some thousand beads are created and then changed again and again. */
    private static void writeHistory(Path file) throws IOException {
        String body = "x".repeat(400);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < ROWS; i++) {
                int generation = i / ALIVE;
                String bead = "b" + i % ALIVE;
                String what = generation == 0
                        ? "\"type\":\"created\",\"bead\":{\"title\":\"T\",\"status\":\"open\",\"description\":\"" + body
                                + "\"}"
                        : "\"type\":\"fields_updated\",\"changes\":{\"description\":[\"" + body + "\",\"" + generation
                                + body + "\"]}";
                out.write("{\"seq\":" + (i + 1)
                        + ",\"committed_at\":\"2026-03-01T12:00:00Z\",\"committer\":\"o\",\"bead_id\":\"" + bead + "\","
                        + what + "}\n");
            }
        }
    }

    /** What runs with the small heap. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) {
            try (SqliteEventStore store = SqliteEventStore.open(Path.of(arguments[1]))) {
                EventLog<TownEvent> rig = TownLog.in(store);
                ImportReport report = BeadsImport.into(rig).read(Path.of(arguments[0]));
                Replayed<TownState> replayed = rig.replay(new TownProjector()).run();
                int beads = replayed.state().beads().size();
                System.out.println("imported " + report.read() + " into " + report.events() + " events, replayed "
                        + replayed.events() + " into " + beads + " beads in "
                        + replayed.took().toMillis() + " ms");
            }
        }
    }
}
