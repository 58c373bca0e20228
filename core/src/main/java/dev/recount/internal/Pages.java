package dev.recount.internal;

import dev.recount.codec.EventCodec;
import dev.recount.event.PackedEvents;
import dev.recount.event.StoredEvent;
import dev.recount.store.EventStore;
import dev.recount.store.PackedPage;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.List;
import java.util.Optional;

/** Reads the pages of a query, packed where store and codec both can. One thread at a time reads. */
final class Pages<E> {

    private static final int WHOLE_AT_ONCE = 100;

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
                return new PackedPageOfEvents<>(
                        page.get(), codec, from -> wholeFrom(from, page.get().upTo()));
            }
            packed = false;
        }
        return new WholePage<>(store.read(query, options.after(sequence)), codec);
    }

    // A few at a time: they are wanted where a codec left events open, and what they hold beside data has no bound.
    private List<StoredEvent> wholeFrom(long sequence, long upTo) {
        return store.read(query, options.after(sequence - 1).until(upTo).withLimit(WHOLE_AT_ONCE))
                .events();
    }
}
