package dev.recount.examples.dashboard;

import dev.recount.event.StoredEvent;
import java.util.Arrays;

/**
 * When each event of a rig belongs on the time line, to the millisecond.
 *
 * <p>People look for an event at the time at which it happened, and a log that was imported was stored long after that. But a state of
 * the past is all up to one sequence. So the moment of an event is when it happened, not later than it was stored, and not earlier than
 * that of any event before it: moments never decrease, and a moment is one sequence. Not thread-safe.
 */
final class Moments {

    private long[] sequences = new long[64];
    private long[] millis = new long[64];
    private int size;
    private long floor;

    /** Begins anew, behind what retention removed. */
    void startAfter(long newFloor) {
        size = 0;
        floor = newFloor;
    }

    void add(StoredEvent event) {
        if (size == sequences.length) {
            sequences = Arrays.copyOf(sequences, size * 2);
            millis = Arrays.copyOf(millis, size * 2);
        }
        sequences[size] = event.sequence();
        long happened =
                Math.min(event.occurredAt().toEpochMilli(), event.storedAt().toEpochMilli());
        millis[size] = size == 0 ? happened : Math.max(happened, millis[size - 1]);
        size++;
    }

    int size() {
        return size;
    }

    /** The sequence of the last event at or before a time; the floor where there is none. */
    long sequenceAt(long time) {
        int count = countUntil(time);
        return count == 0 ? floor : sequences[count - 1];
    }

    /** How many events there are at or before a time. */
    int countUntil(long time) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (millis[middle] <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The moment of an event that was added. */
    long of(long sequence) {
        return millis[Arrays.binarySearch(sequences, 0, size, sequence)];
    }

    /** The moment of the first event; only where there is one. */
    long first() {
        return millis[0];
    }

    /** The moment of the last event; only where there is one. */
    long last() {
        return millis[size - 1];
    }
}
