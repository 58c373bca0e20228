package dev.recount.store.memory;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Events by sequence, in chunks that never move.
 *
 * <p>One thread at a time adds. A view that any thread takes never changes: what is added later lies beyond its head.
 */
final class EventTable {

    private static final int CHUNK = 1024;

    private final TagIndex tags = new TagIndex();
    private volatile View view = new View(new StoredEvent[4][], 0, 0, tags);

    View view() {
        return view;
    }

    /** Gives the events the next sequences, and shows all of them at once. */
    void add(List<NewEvent> events, Instant storedAt) {
        View before = view;
        StoredEvent[][] chunks = withRoomFor(before.head + events.size(), before.chunks);
        long sequence = before.head;
        for (NewEvent event : events) {
            int index = index(++sequence);
            if (index % CHUNK == 0) {
                chunks[index / CHUNK] = new StoredEvent[CHUNK];
            }
            chunks[index / CHUNK][index % CHUNK] = stored(sequence, event, storedAt);
        }
        view = new View(chunks, before.floor, sequence, tags);
    }

    /** Removes all events up to a sequence. Whoever looks at an earlier view still has them. */
    void removeUpTo(long floor) {
        View before = view;
        StoredEvent[][] chunks = before.chunks.clone();
        Arrays.fill(chunks, 0, Math.toIntExact(floor / CHUNK), null);
        view = new View(chunks, floor, before.head, tags);
    }

    private static StoredEvent[][] withRoomFor(long head, StoredEvent[][] chunks) {
        int needed = index(head) / CHUNK + 1;
        return needed <= chunks.length ? chunks : Arrays.copyOf(chunks, Math.max(needed, chunks.length * 2));
    }

    private static int index(long sequence) {
        return Math.toIntExact(sequence - 1);
    }

    private static StoredEvent stored(long sequence, NewEvent event, Instant storedAt) {
        Instant occurredAt = event.occurredAt().orElse(storedAt);
        return new StoredEvent(
                sequence,
                event.type(),
                event.version(),
                event.tags(),
                event.data(),
                event.metadata(),
                occurredAt,
                storedAt);
    }

    /** The table between a floor and a head. */
    static final class View {

        private final StoredEvent[][] chunks;
        private final long floor;
        private final long head;
        private final TagIndex tags;

        private View(StoredEvent[][] chunks, long floor, long head, TagIndex tags) {
            this.chunks = chunks;
            this.floor = floor;
            this.head = head;
            this.tags = tags;
        }

        /** No event up to here is to be read. */
        long floor() {
            return floor;
        }

        long head() {
            return head;
        }

        StoredEvent event(long sequence) {
            int index = index(sequence);
            return chunks[index / CHUNK][index % CHUNK];
        }

        TagIndex tags() {
            return tags;
        }
    }
}
