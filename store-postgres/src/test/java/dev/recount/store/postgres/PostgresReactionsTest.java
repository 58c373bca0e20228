package dev.recount.store.postgres;

import dev.recount.reaction.ReactionStore;
import dev.recount.testkit.ReactionStoreContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class PostgresReactionsTest extends ReactionStoreContract {

    private final PostgresOptions options = Server.options();
    private final List<PostgresEventStore> stores = new ArrayList<>();

    @Override
    protected ReactionStore open() {
        PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), "rig", options);
        stores.add(store);
        return PostgresReactions.of(store);
    }

    @AfterEach
    void close_them() {
        stores.forEach(PostgresEventStore::close);
    }
}
