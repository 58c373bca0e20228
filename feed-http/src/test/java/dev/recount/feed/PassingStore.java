package dev.recount.feed;

import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.LogInfo;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Receipt;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** A store that passes everything on to another; tests override what they look at or get in the way of. */
class PassingStore implements EventStore {

    final EventStore store;

    PassingStore(EventStore store) {
        this.store = store;
    }

    @Override
    public Page read(Query query, ReadOptions options) {
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
    public Optional<String> chainAt(long sequence) {
        return store.chainAt(sequence);
    }

    @Override
    public Map<Long, String> chainsAt(Collection<Long> sequences) {
        return store.chainsAt(sequences);
    }

    @Override
    public void close() {
        store.close();
    }
}
