package dev.recount.feed;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The streams that show the same. What one of them reads, those read with it that are at the same place: live streams are, since all
 * are told at once. It is kept for nobody: who comes later reads it again from the log. Thread-safe.
 */
final class Audience {

    private static final int KEPT = 2;

    private final Sight sight;
    private final EventWriter writer;
    private final Set<StreamThread> threads = new HashSet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Read> reads = new LinkedHashMap<>();
    private volatile int size;
    private volatile long announcements;

    Audience(Sight sight, EventWriter writer) {
        this.sight = sight;
        this.writer = writer;
    }

    Sight sight() {
        return sight;
    }

    /** Writes the events that they show. */
    EventWriter writer() {
        return writer;
    }

    // Of the threads, one at a time: their Clients see to it.

    Set<StreamThread> threads() {
        return threads;
    }

    void enter(StreamThread thread) {
        threads.add(thread);
        size = threads.size();
    }

    void leave(StreamThread thread) {
        threads.remove(thread);
        size = threads.size();
    }

    boolean isEmpty() {
        return threads.isEmpty();
    }

    /** Something is to be read; before the streams are told, so that none takes what another has read before. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one at a time
    void announce() {
        announcements++;
    }

    /** What comes after a sequence: read now, or just now by another of them and nothing was announced since. */
    RigRead after(long sequence, Supplier<RigRead> reading) {
        return size == 1 ? reading.get() : readAt(sequence).get(reading);
    }

    private Read readAt(long sequence) {
        lock.lock();
        try {
            Read read = reads.computeIfAbsent(sequence, unknown -> new Read());
            Iterator<Read> oldest = reads.values().iterator();
            while (reads.size() > KEPT && oldest.next() != read) {
                oldest.remove();
            }
            return read;
        } finally {
            lock.unlock();
        }
    }

    /** What comes after one sequence. Who waits for it waits for nobody at another place. */
    private final class Read {

        private final ReentrantLock reading = new ReentrantLock();
        private @Nullable RigRead known;
        private long announced;

        RigRead get(Supplier<RigRead> read) {
            reading.lock();
            try {
                RigRead result = known;
                // A page that is full stays as it is; behind the end of any other there may be more by now.
                if (result == null || (result.complete() && announced != announcements)) {
                    long before = announcements;
                    result = read.get();
                    known = result;
                    announced = before;
                }
                return result;
            } finally {
                reading.unlock();
            }
        }
    }
}
