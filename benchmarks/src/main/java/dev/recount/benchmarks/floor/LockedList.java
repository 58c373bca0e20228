package dev.recount.benchmarks.floor;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** A list under a lock: no tags, no conditions, no receipts, nobody is woken. Thread-safe. */
public final class LockedList {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<StoredEvent> events = new ArrayList<>();

    /** Adds an event. */
    public void append(NewEvent event) {
        lock.lock();
        try {
            Instant now = Instant.now();
            events.add(new StoredEvent(
                    events.size() + 1L,
                    event.type(),
                    event.version(),
                    event.tags(),
                    event.data(),
                    event.metadata(),
                    event.occurredAt().orElse(now),
                    now));
        } finally {
            lock.unlock();
        }
    }

    /** How many there are. */
    public int size() {
        lock.lock();
        try {
            return events.size();
        } finally {
            lock.unlock();
        }
    }
}
