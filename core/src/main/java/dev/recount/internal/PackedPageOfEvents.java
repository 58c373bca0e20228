package dev.recount.internal;

import dev.recount.codec.EventCodec;
import dev.recount.event.PackedEvents;
import dev.recount.event.StoredEvent;
import dev.recount.store.EventsRemoved;
import dev.recount.store.PackedPage;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** A packed page, decoded as one; what that leaves open is read again, whole. */
final class PackedPageOfEvents<E> implements DecodablePage<E> {

    private static final int MAX_BYTES_AHEAD = 1_000_000;

    private final PackedPage page;
    private final PackedEvents events;
    private final EventCodec<E> codec;
    private final LongFunction<List<StoredEvent>> wholeFrom;
    private @Nullable List<@Nullable E> decoded;
    private List<StoredEvent> whole = List.of();

    /** With a way to read some of the same events whole, from a sequence on. */
    PackedPageOfEvents(PackedPage page, EventCodec<E> codec, LongFunction<List<StoredEvent>> wholeFrom) {
        this.page = page;
        this.events = page.events();
        this.codec = codec;
        this.wholeFrom = wholeFrom;
    }

    @Override
    public void decodeAhead() {
        // The page and what it decodes to are both held until they are folded.
        if (events.utf8().length <= MAX_BYTES_AHEAD) {
            decoded = decodeAll();
        }
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
        long sequence = events.sequence(index);
        Optional<StoredEvent> stored = find(sequence);
        if (stored.isEmpty()) {
            whole = wholeFrom.apply(sequence);
            stored = find(sequence);
        }
        // Only retention can have removed it since the page was read.
        return codec.decode(stored.orElseThrow(() -> new EventsRemoved(sequence - 1, sequence)));
    }

    private Optional<StoredEvent> find(long sequence) {
        return whole.stream().filter(event -> event.sequence() == sequence).findFirst();
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
