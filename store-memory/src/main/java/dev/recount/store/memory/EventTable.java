package dev.recount.store.memory;

import dev.recount.event.StoredEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Events by sequence, in chunks that never move, and the sequences of each tag.
 *
 * <p>One thread at a time adds. A view that any thread takes never changes: what is added later lies beyond its head.
 */
final class EventTable {

    private static final int CHUNK = 1024;

    private final Map<String, Sequences> byTag = new ConcurrentHashMap<>();
    private volatile View view = new View(new StoredEvent[0][], 0, byTag);

    View view() {
        return view;
    }

    void add(List<StoredEvent> events) {
        StoredEvent[][] chunks = withRoomFor(view.head + events.size());
        for (StoredEvent event : events) {
            int index = Math.toIntExact(event.sequence() - 1);
            chunks[index / CHUNK][index % CHUNK] = event;
            for (String tag : event.tags()) {
                byTag.computeIfAbsent(tag, key -> new Sequences()).add(event.sequence());
            }
        }
        view = new View(chunks, view.head + events.size(), byTag);
    }

    private StoredEvent[][] withRoomFor(long head) {
        int needed = Math.toIntExact((head + CHUNK - 1) / CHUNK);
        StoredEvent[][] chunks = view.chunks;
        if (needed <= chunks.length) {
            return chunks;
        }
        StoredEvent[][] more = Arrays.copyOf(chunks, Math.max(needed, chunks.length + chunks.length / 2));
        for (int i = chunks.length; i < more.length; i++) {
            more[i] = new StoredEvent[CHUNK];
        }
        return more;
    }

    /** The table up to a head. */
    static final class View {

        private final StoredEvent[][] chunks;
        private final long head;
        private final Map<String, Sequences> byTag;

        private View(StoredEvent[][] chunks, long head, Map<String, Sequences> byTag) {
            this.chunks = chunks;
            this.head = head;
            this.byTag = byTag;
        }

        long head() {
            return head;
        }

        StoredEvent event(long sequence) {
            int index = Math.toIntExact(sequence - 1);
            return chunks[index / CHUNK][index % CHUNK];
        }

        Sequences tagged(String tag) {
            return byTag.getOrDefault(tag, Sequences.NONE);
        }
    }
}
