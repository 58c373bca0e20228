package dev.recount.feed;

import dev.recount.event.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The last broadcasts, which all streams share: each stream only keeps a number, how far it has got. Thread-safe. */
final class Broadcasts {

    private static final int KEPT = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Broadcast> ring = new ArrayList<>();
    private volatile long end;

    /** A frame and what decides who sees it. */
    record Broadcast(String rig, String type, Tags tags, String frame) {

        boolean isFor(Sight sight) {
            return sight.shows(rig, type, tags);
        }
    }

    /** What a stream gets: the broadcasts after its number, without those that are gone already. */
    record Batch(List<Broadcast> broadcasts, long missed, long end) {}

    /** The number of broadcasts ever. */
    long end() {
        return end;
    }

    void add(Broadcast broadcast) {
        lock.lock();
        try {
            int place = (int) (end % KEPT);
            if (place == ring.size()) {
                ring.add(broadcast);
            } else {
                ring.set(place, broadcast);
            }
            long next = end + 1;
            end = next;
        } finally {
            lock.unlock();
        }
    }

    Batch after(long position) {
        if (position == end) {
            return new Batch(List.of(), 0, position);
        }
        lock.lock();
        try {
            long first = Math.max(position, end - KEPT);
            List<Broadcast> broadcasts = new ArrayList<>();
            for (long number = first; number < end; number++) {
                broadcasts.add(ring.get((int) (number % KEPT)));
            }
            return new Batch(broadcasts, first - position, end);
        } finally {
            lock.unlock();
        }
    }
}
