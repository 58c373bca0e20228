package dev.recount.internal;

import dev.recount.codec.EventCodec;
import dev.recount.event.PackedEvents;
import dev.recount.event.StoredEvent;
import dev.recount.store.EventStore;
import dev.recount.store.PackedPage;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the pages of a query, packed where store and codec both can. One thread at a time reads. */
final class Pages<E> {

    private final EventStore store;
    private final EventCodec<E> codec;
    private final Query query;
    private final ReadOptions options;
    private boolean packed;

    Pages(EventStore store, EventCodec<E> codec, Query query, ReadOptions options) {
        this.store = store;
        this.codec = codec;
        this.query = query;
        this.options = options;
        this.packed = codec.decodePacked(PackedEvents.none()).isPresent();
    }

    /** The page that begins after a sequence. */
    DecodablePage<E> after(long sequence) {
        if (packed) {
            Optional<PackedPage> page = store.readPacked(query, options.after(sequence));
            if (page.isPresent()) {
                return new PackedPageOfEvents<>(page.get(), codec, found -> whole(sequence, found));
            }
            packed = false;
        }
        return new WholePage<>(store.read(query, options.after(sequence)), codec);
    }

    private List<StoredEvent> whole(long after, PackedPage found) {
        List<StoredEvent> events = new ArrayList<>(found.events().size());
        ReadOptions same = options.until(found.upTo());
        long readUpTo = after;
        Page page;
        do {
            page = store.read(query, same.after(readUpTo));
            events.addAll(page.events());
            readUpTo = page.upTo();
        } while (!page.complete());
        return events;
    }
}
