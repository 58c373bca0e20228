package dev.recount.store.postgres;

import dev.recount.store.EventStore;
import dev.recount.testkit.TransferSourceContract;
import dev.recount.transfer.TransferSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class PostgresTransferSourceTest extends TransferSourceContract {

    private final PostgresOptions options = Server.options();
    private final List<EventStore> stores = new ArrayList<>();

    @Override
    protected EventStore open() {
        PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), "rig", options);
        stores.add(store);
        return store;
    }

    @Override
    protected TransferSource source(EventStore opened) {
        return ((PostgresEventStore) opened).transferSource();
    }

    @AfterEach
    void close_them() {
        stores.forEach(EventStore::close);
    }
}
