package dev.recount.examples.orchestration;

import dev.recount.event.StoredEvent;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.subscription.Subscription;
import dev.recount.subscription.SubscriptionOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/** Shows what is stored as it is stored: a sentence a line. */
final class DemoLog {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SqliteEventStore store;
    private final Subscription subscription;

    private DemoLog(SqliteEventStore store, Subscription subscription) {
        this.store = store;
        this.subscription = subscription;
    }

    static SqliteEventStore open(Path file) {
        return SqliteEventStore.open(file, SqliteOptions.defaults().withInline(new OrchestrationTables()));
    }

    static DemoLog shown(SqliteEventStore store, PrintStream out) {
        return new DemoLog(
                store,
                Subscription.start(
                        store, SubscriptionOptions.defaults().fromStart(), event -> out.println(line(event))));
    }

    private static String line(StoredEvent event) {
        String who = event.metadata().actor().orElse("git");
        return String.format("%4d %-6s %s", event.sequence(), who, Sentences.of(event));
    }

    /** Ends when all is shown. */
    void end() throws InterruptedException {
        boolean unused = subscription.awaitSequence(store.info().head(), PATIENCE);
        subscription.close();
    }
}
