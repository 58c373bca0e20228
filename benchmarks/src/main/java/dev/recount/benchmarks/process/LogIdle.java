package dev.recount.benchmarks.process;

import dev.recount.store.StoreClosed;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Path;
import java.time.Duration;

/** Waits for an event in a log, in which nothing happens; answers how many percent of a core that takes. */
public final class LogIdle {

    private static final Duration LONG = Duration.ofHours(1);

    private LogIdle() {}

    /** The log's file, and for how many milliseconds it is watched. */
    public static void main(String... arguments) throws InterruptedException {
        try (SqliteEventStore store = SqliteEventStore.open(Path.of(arguments[0]))) {
            long head = store.info().head();
            Thread waiting = new Thread(() -> await(store, head));
            waiting.setDaemon(true);
            waiting.start();
            Thread.sleep(1_000);
            System.out.println(Cpu.percentDuring(Duration.ofMillis(Long.parseLong(arguments[1]))));
            System.out.flush();
        }
    }

    private static void await(SqliteEventStore store, long head) {
        try {
            if (store.awaitAfter(head, LONG)) {
                throw new IllegalStateException("Something happened in " + store + ", where nothing should.");
            }
        } catch (StoreClosed | InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
