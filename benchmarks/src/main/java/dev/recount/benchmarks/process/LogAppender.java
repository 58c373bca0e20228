package dev.recount.benchmarks.process;

import dev.recount.event.NewEvent;
import dev.recount.store.Append;
import dev.recount.store.sqlite.Durability;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** Appends events now and then; answers for each its sequence and the time at which it was committed, in microseconds. */
public final class LogAppender {

    private LogAppender() {}

    /** The log's file, and how many events. */
    public static void main(String... arguments) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(1);
        SqliteOptions options = SqliteOptions.defaults().withDurability(Durability.NORMAL);
        try (SqliteEventStore store = SqliteEventStore.open(Path.of(arguments[0]), options)) {
            for (int i = Integer.parseInt(arguments[1]); i > 0; i--) {
                // Not in step with anything that looks at fixed times.
                Thread.sleep(20 + random.nextInt(30));
                Append append = Append.of(List.of(NewEvent.of("bead.created", "{}")));
                long sequence = store.append(append).last();
                System.out.println(sequence + " " + micros(Instant.now()));
            }
        }
    }

    /** Microseconds since 1970, which all processes of a machine count alike. */
    public static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }
}
