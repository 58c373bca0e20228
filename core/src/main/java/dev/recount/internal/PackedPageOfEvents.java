package dev.recount.internal;

import dev.recount.codec.EventCodec;
import dev.recount.event.PackedEvents;
import dev.recount.event.StoredEvent;
import dev.recount.store.PackedPage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A packed page, decoded as one; what that leaves open is read again, whole. */
final class PackedPageOfEvents<E> implements DecodablePage<E> {

    private final PackedPage page;
    private final PackedEvents events;
    private final EventCodec<E> codec;
    private final Function<PackedPage, List<StoredEvent>> reader;
    private @Nullable List<@Nullable E> decoded;
    private @Nullable Map<Long, StoredEvent> whole;

    /** With a way to read the same events whole. */
    PackedPageOfEvents(PackedPage page, EventCodec<E> codec, Function<PackedPage, List<StoredEvent>> reader) {
        this.page = page;
        this.events = page.events();
        this.codec = codec;
        this.reader = reader;
    }

    @Override
    public void decodeAhead() {
        decoded = decodeAll();
    }

    @Override
    public int size() {
        return events.size();
    }

    @Override
    public long sequence(int index) {
        return events.sequence(index);
    }

    @Override
    public String type(int index) {
        return events.type(index);
    }

    @Override
    public @Nullable E decoded(int index) {
        List<@Nullable E> all = decoded;
        if (all == null) {
            all = decodeAll();
            decoded = all;
        }
        return all.get(index);
    }

    private List<@Nullable E> decodeAll() {
        List<@Nullable E> all = codec.decodePacked(events).orElseThrow();
        if (all.size() != events.size()) {
            throw new IllegalStateException("The codec " + codec + " gave " + all.size() + " elements for "
                    + events.size() + " packed events. It must give one for each.");
        }
        return all;
    }

    @Override
    public List<E> decode(int index) {
        Map<Long, StoredEvent> bySequence = whole;
        if (bySequence == null) {
            bySequence = new HashMap<>();
            for (StoredEvent event : reader.apply(page)) {
                bySequence.put(event.sequence(), event);
            }
            whole = bySequence;
        }
        StoredEvent stored = bySequence.get(events.sequence(index));
        // Retention may have removed it since the page was read; then it is no longer part of the log.
        return stored == null ? List.of() : codec.decode(stored);
    }

    @Override
    public long upTo() {
        return page.upTo();
    }

    @Override
    public boolean complete() {
        return page.complete();
    }
}
