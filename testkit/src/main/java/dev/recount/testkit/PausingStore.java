package dev.recount.testkit;

import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.LogInfo;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Receipt;
import java.time.Duration;
import java.util.Optional;

/** A store in which something happens just before each read. */
record PausingStore(EventStore store, Runnable beforeRead) implements EventStore {

    @Override
    public Page read(Query query, ReadOptions options) {
        beforeRead.run();
        return store.read(query, options);
    }

    @Override
    public Appended append(Append append) {
        return store.append(append);
    }

    @Override
    public Optional<Receipt> receipt(String key) {
        return store.receipt(key);
    }

    @Override
    public boolean awaitAfter(long sequence, Duration timeout) throws InterruptedException {
        return store.awaitAfter(sequence, timeout);
    }

    @Override
    public LogInfo info() {
        return store.info();
    }

    @Override
    public void close() {
        store.close();
    }
}
