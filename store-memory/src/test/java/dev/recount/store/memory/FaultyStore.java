package dev.recount.store.memory;

import dev.recount.event.StoredEvent;
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
import java.util.function.UnaryOperator;

/** A store that passes everything on to another; its subclasses get one thing wrong. */
class FaultyStore implements EventStore {

    final EventStore store;

    FaultyStore(EventStore store) {
        this.store = store;
    }

    interface Reads {
        Page read(EventStore store, Query query, ReadOptions options);
    }

    interface Appends {
        Appended append(EventStore store, Append append);
    }

    static EventStore reading(EventStore store, Reads reads) {
        return new FaultyStore(store) {
            @Override
            public Page read(Query query, ReadOptions options) {
                return reads.read(store, query, options);
            }
        };
    }

    static EventStore appending(EventStore store, Appends appends) {
        return new FaultyStore(store) {
            @Override
            public Appended append(Append append) {
                return appends.append(store, append);
            }
        };
    }

    /** Changes every event on its way out. */
    static EventStore showing(EventStore store, UnaryOperator<StoredEvent> change) {
        return reading(store, (from, query, options) -> {
            Page page = from.read(query, options);
            return new Page(page.query(), page.events().stream().map(change).toList(), page.upTo(), page.complete());
        });
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
    public void close() {
        store.close();
    }
}
