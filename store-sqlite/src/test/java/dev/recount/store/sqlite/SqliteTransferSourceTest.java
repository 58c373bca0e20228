package dev.recount.store.sqlite;

import dev.recount.store.EventStore;
import dev.recount.testkit.TransferSourceContract;
import dev.recount.transfer.TransferSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteTransferSourceTest extends TransferSourceContract {

    private final List<EventStore> stores = new ArrayList<>();

    @TempDir
    Path folder;

    @Override
    protected EventStore open() {
        SqliteEventStore store = SqliteEventStore.open(folder.resolve("log.db"));
        stores.add(store);
        return store;
    }

    @Override
    protected TransferSource source(EventStore opened) {
        return ((SqliteEventStore) opened).transferSource();
    }

    @AfterEach
    void close_them() {
        stores.forEach(EventStore::close);
    }
}
