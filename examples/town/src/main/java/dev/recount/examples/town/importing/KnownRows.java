package dev.recount.examples.town.importing;

import dev.recount.event.StoredEvent;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;

/**
 * Which source rows a log holds, and with what content: two numbers for each row, whatever its size.
 *
 * <p>Not thread-safe.
 */
final class KnownRows {

    static final String SOURCE = "source";
    static final String DIGEST = "digest";

    private long[] keys = new long[1 << 12];
    private long[] contents = new long[1 << 12];
    private final LatestRows latest = new LatestRows();
    private int size;

    /** How a row stands to what is stored. */
    enum Match {
        NEW,
        SAME,
        OTHER_CONTENT
    }

    /** The rows that were imported into a log before. */
    static KnownRows in(EventStore store) {
        KnownRows rows = new KnownRows();
        long after = 0;
        boolean complete = false;
        while (!complete) {
            Page page = store.read(Query.all(), ReadOptions.defaults().after(after));
            page.events().forEach(rows::take);
            after = page.upTo();
            complete = page.complete();
        }
        return rows;
    }

    private void take(StoredEvent event) {
        String source = event.metadata().get(SOURCE).orElse("");
        String digest = event.metadata().get(DIGEST).orElse("");
        if (!source.isEmpty() && !digest.isEmpty()) {
            match(source, Digest.parse(digest));
            latest.markByNumber(source, event);
        }
    }

    /** The places of the rows that came from the log and have a number. */
    LatestRows latest() {
        return latest;
    }

    /** Whether a row with that id is known, whatever it says. */
    boolean holds(String source) {
        long key = key(source);
        return keys[slot(keys, key)] == key;
    }

    /** How a row stands to those seen before; a new one is remembered. */
    Match match(String source, long content) {
        long key = key(source);
        int slot = slot(keys, key);
        if (keys[slot] == key) {
            return contents[slot] == content ? Match.SAME : Match.OTHER_CONTENT;
        }
        keys[slot] = key;
        contents[slot] = content;
        size++;
        if (size * 2 > keys.length) {
            grow();
        }
        return Match.NEW;
    }

    // 0 marks a free slot.
    private static long key(String source) {
        long key = Digest.of(source);
        return key == 0 ? 1 : key;
    }

    private static int slot(long[] keys, long key) {
        int slot = (int) key & (keys.length - 1);
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldContents = contents;
        keys = new long[oldKeys.length * 2];
        contents = new long[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slot(keys, oldKeys[i]);
                keys[slot] = oldKeys[i];
                contents[slot] = oldContents[i];
            }
        }
    }
}
