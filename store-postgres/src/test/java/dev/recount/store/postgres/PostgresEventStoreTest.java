package dev.recount.store.postgres;

import dev.recount.store.EventStore;
import dev.recount.store.Retained;
import dev.recount.store.Retention;
import dev.recount.testkit.EventStoreContract;
import java.time.InstantSource;

class PostgresEventStoreTest extends EventStoreContract {

    private final PostgresOptions options = Server.options();

    @Override
    protected EventStore open(String log, InstantSource clock) {
        return PostgresEventStore.open(Server.dataSource(), log, options.withClock(clock));
    }

    @Override
    protected Retained retain(String log, Retention retention) {
        try (PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), log, options)) {
            return store.retain(retention);
        }
    }
}
