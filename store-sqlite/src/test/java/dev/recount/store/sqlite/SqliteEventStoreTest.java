package dev.recount.store.sqlite;

import dev.recount.store.EventStore;
import dev.recount.store.Retained;
import dev.recount.store.Retention;
import dev.recount.testkit.EventStoreContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class SqliteEventStoreTest extends EventStoreContract {

    @TempDir
    Path folder;

    @Override
    protected EventStore open(String log, InstantSource clock) {
        return SqliteEventStore.open(
                folder.resolve(log + ".db"), SqliteOptions.defaults().withClock(clock));
    }

    @Override
    protected Retained retain(String log, Retention retention) {
        try (SqliteEventStore store = SqliteEventStore.open(folder.resolve(log + ".db"))) {
            return store.retain(retention);
        }
    }
}
