package dev.recount.store.memory;

import dev.recount.event.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sequences of each tag, as far as somebody has asked for them.
 *
 * <p>It follows the table when a query is read by its tags, so an append does not pay for an index that nobody uses. It never makes a
 * reader wait: who finds another at work uses what is indexed, and looks at each of the few events beyond. Thread-safe.
 */
final class TagIndex {

    private final Map<String, Sequences> byTag = new ConcurrentHashMap<>();
    private final ReentrantLock extending = new ReentrantLock();
    private volatile long upTo;

    /** Takes in what the view holds beyond, unless another thread is at it; the sequence up to which it then knows all. */
    long extendTo(EventTable.View view) {
        if (upTo < view.head() && extending.tryLock()) {
            try {
                for (long sequence = Math.max(upTo, view.floor()) + 1; sequence <= view.head(); sequence++) {
                    add(sequence, view.event(sequence).tags());
                }
                upTo = Math.max(upTo, view.head());
            } finally {
                extending.unlock();
            }
        }
        return upTo;
    }

    /** The sequences of that tag, complete as far as {@link #extendTo} told, with some beyond. */
    Sequences of(String tag) {
        return byTag.getOrDefault(tag, Sequences.NONE);
    }

    private void add(long sequence, Tags tags) {
        for (String tag : tags.asList()) {
            Sequences sequences = byTag.get(tag);
            if (sequences == null) {
                sequences = new Sequences();
                byTag.put(tag, sequences);
            }
            sequences.add(sequence);
        }
    }
}
