package dev.recount.store.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.sql.ReadModelStatus;
import dev.recount.store.Append;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * Appends to rigs, each with an inline and an async model of ever higher versions, which are built and rebuilt meanwhile, until it is killed.
 * Arguments are the server's url, the schema, the rigs.
 */
final class ModelChildMain {

    private final DataSource database;
    private final PostgresOptions options;
    private final String rig;

    private ModelChildMain(DataSource database, PostgresOptions options, String rig) {
        this.database = database;
        this.options = options;
        this.rig = rig;
    }

    public static void main(String[] arguments) {
        HikariDataSource pool = Pools.of(arguments[0], 12);
        PostgresOptions options = PostgresOptions.defaults().withSchema(arguments[1]);
        for (String rig : List.of(arguments).subList(2, arguments.length)) {
            new Thread(new ModelChildMain(pool, options, rig)::run).start();
        }
    }

    private void run() {
        boolean runs = false;
        for (int version = nextVersion(); ; version++) {
            PostgresOptions with = options.withInline(Counts.of("inline", version))
                    .withAsync(Counts.of("async", version))
                    .buildingInBackground();
            try (PostgresEventStore store = PostgresEventStore.open(database, rig, with)) {
                if (!runs) {
                    begin(store);
                    runs = true;
                }
                appendUntilApplied(store);
                if (version % 2 == 0) {
                    appendWhile(store, () -> store.rebuild("inline"));
                    appendWhile(store, () -> store.rebuild("async"));
                }
            }
        }
    }

    // What is being built goes on.
    private int nextVersion() {
        try (PostgresEventStore store = PostgresEventStore.open(database, rig, options)) {
            int live = 0;
            int built = 0;
            for (ReadModelStatus status : store.readModels()) {
                live = Math.max(live, status.version());
                built = status.build().map(ReadModelStatus.Build::version).orElse(built);
            }
            return built > 0 ? built : live + 1;
        }
    }

    private void begin(PostgresEventStore store) {
        if (store.info().head() == 0) {
            store.append(Append.of(Events.numbered(40, "bead:1", "bead:2")));
        }
        say(0);
    }

    private void appendUntilApplied(PostgresEventStore store) {
        long last = append(store);
        for (int i = 0; i < 10 || !isApplied(store, last); i++) {
            last = append(store);
        }
    }

    private static boolean isApplied(PostgresEventStore store, long sequence) {
        try {
            return store.awaitApplied("inline", sequence, Duration.ofMillis(5))
                    && store.awaitApplied("async", sequence, Duration.ofMillis(5));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void appendWhile(PostgresEventStore store, Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        while (thread.isAlive()) {
            append(store);
        }
    }

    private long append(PostgresEventStore store) {
        long last = store.append(Append.of(Events.numbered(2, "bead:" + System.nanoTime() % 7)))
                .last();
        say(last);
        return last;
    }

    private void say(long sequence) {
        System.out.println(sequence + " in " + rig + ";");
    }
}
