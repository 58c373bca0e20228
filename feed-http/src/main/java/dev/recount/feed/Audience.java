package dev.recount.feed;

import dev.recount.store.StoreUnavailable;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The streams that show the same. What one of them reads, those read with it that are at the same place: live streams are, since all
 * are told at once. It is kept for a moment only: who comes later reads it again from the log. Thread-safe.
 */
final class Audience {

    private static final int KEPT = 2;
    // Longer than all are told, and shorter than anybody waits: who reads at its heartbeat reads the log.
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Sight sight;
    private final EventWriter writer;
    private final LongSupplier nanoTime;
    private final Set<StreamThread> threads = new HashSet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Place, Read> reads = new LinkedHashMap<>();
    private volatile int size;
    private volatile long announcements;

    /** A place in one log. Another log under the same name is another place. Immutable. */
    record Place(String logId, long sequence) {}

    Audience(Sight sight, EventWriter writer) {
        this(sight, writer, System::nanoTime);
    }

    Audience(Sight sight, EventWriter writer, LongSupplier nanoTime) {
        this.sight = sight;
        this.writer = writer;
        this.nanoTime = nanoTime;
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

    /** Keeps no page that is too old to be read with others, or that nobody is there to read with. */
    void forgetOld() {
        lock.lock();
        try {
            reads.values().removeIf(read -> size <= 1 || read.isOld());
        } finally {
            lock.unlock();
        }
    }

    /** What comes after a place: read now, or just now by another of them and nothing was announced since. */
    RigRead after(Place place, Supplier<RigRead> reading) {
        return size == 1 ? reading.get() : readAt(place).get(reading);
    }

    private Read readAt(Place place) {
        lock.lock();
        try {
            Read read = reads.computeIfAbsent(place, unknown -> new Read());
            Iterator<Read> oldest = reads.values().iterator();
            while (reads.size() > KEPT && oldest.next() != read) {
                oldest.remove();
            }
            return read;
        } finally {
            lock.unlock();
        }
    }

    /** What comes after one place. Who waits for it waits for nobody at another place. */
    private final class Read {

        private final ReentrantLock reading = new ReentrantLock();
        private @Nullable RigRead known;
        private @Nullable StoreUnavailable failure;
        private long announced;
        private volatile long attempts;
        private volatile long readAt;

        boolean isOld() {
            return attempts > 0 && nanoTime.getAsLong() - readAt > FRESH_NANOS;
        }

        RigRead get(Supplier<RigRead> read) {
            long attempt = attempts;
            reading.lock();
            try {
                StoreUnavailable failed = failure;
                // Else all would wait for a store that is away, one after the other.
                if (failed != null && attempts != attempt) {
                    throw failed;
                }
                RigRead result = known;
                return result == null || isOutdated(result) ? readNow(read) : result;
            } finally {
                reading.unlock();
            }
        }

        // A page that is full stays as it is; behind the end of any other there may be more by now.
        private boolean isOutdated(RigRead result) {
            return (result.complete() && announced != announcements) || isOld();
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
        private RigRead readNow(Supplier<RigRead> read) {
            long before = announcements;
            known = null;
            failure = null;
            try {
                RigRead result = read.get();
                known = result;
                announced = before;
                return result;
            } catch (StoreUnavailable e) {
                failure = e;
                throw e;
            } finally {
                readAt = nanoTime.getAsLong();
                attempts++;
            }
        }
    }
}
