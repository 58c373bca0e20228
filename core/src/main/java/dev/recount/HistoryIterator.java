package dev.recount;

import dev.recount.codec.EventCodec;
import dev.recount.codec.RecordedEvent;
import dev.recount.event.StoredEvent;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/** Holds one page at a time, and decodes an event when it is asked for. */
final class HistoryIterator<E> implements Iterator<RecordedEvent<E>> {

    private final EventStore store;
    private final EventCodec<E> codec;
    private final Query query;
    private final ReadOptions options;
    private final Queue<StoredEvent> page = new ArrayDeque<>();
    private final Queue<RecordedEvent<E>> decoded = new ArrayDeque<>();
    private long readUpTo;
    private boolean complete;

    HistoryIterator(EventStore store, EventCodec<E> codec, Query query, long upTo) {
        this.store = store;
        this.codec = codec;
        this.query = query;
        this.options = ReadOptions.defaults().until(upTo);
    }

    @Override
    public boolean hasNext() {
        while (decoded.isEmpty() && hasStored()) {
            decode(page.element());
            page.remove();
        }
        return !decoded.isEmpty();
    }

    @Override
    public RecordedEvent<E> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The history ends at sequence " + readUpTo + ".");
        }
        return decoded.remove();
    }

    private boolean hasStored() {
        while (page.isEmpty() && !complete) {
            readPage();
        }
        return !page.isEmpty();
    }

    private void readPage() {
        Page next = store.read(query, options.after(readUpTo));
        page.addAll(next.events());
        readUpTo = next.upTo();
        complete = next.complete();
    }

    private void decode(StoredEvent stored) {
        for (E event : codec.decodeKnown(stored)) {
            decoded.add(new RecordedEvent<>(stored, event));
        }
    }
}
