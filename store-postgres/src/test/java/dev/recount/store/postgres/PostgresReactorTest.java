package dev.recount.store.postgres;

import dev.recount.reaction.ReactionStore;
import dev.recount.store.EventStore;
import dev.recount.testkit.ReactorContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class PostgresReactorTest extends ReactorContract {

    private final PostgresOptions options = Server.options();
    private final List<PostgresEventStore> stores = new ArrayList<>();

    @Override
    protected EventStore openLog() {
        PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), "rig", options);
        stores.add(store);
        return store;
    }

    @Override
    protected ReactionStore open(EventStore log) {
        return PostgresReactions.of((PostgresEventStore) log);
    }

    @AfterEach
    void close_them() {
        stores.forEach(PostgresEventStore::close);
    }
}
