package dev.recount.store.memory;

import java.util.Arrays;

/** A growing list of increasing sequences. One thread at a time adds; any thread reads what was there when it looked. */
final class Sequences {

    static final Sequences NONE = new Sequences();

    private volatile Values values = new Values(new long[4], 0);

    /** The first {@code size} numbers of the array; those beyond belong to later values. */
    private static final class Values {

        private final long[] array;
        private final int size;

        private Values(long[] array, int size) {
            this.array = array;
            this.size = size;
        }
    }

    void add(long sequence) {
        Values old = values;
        long[] array = old.size < old.array.length ? old.array : Arrays.copyOf(old.array, old.size * 2);
        array[old.size] = sequence;
        values = new Values(array, old.size + 1);
    }

    int size() {
        return values.size;
    }

    /** The first sequence that is not below {@code sequence}; {@link Long#MAX_VALUE} where there is none. */
    long ceiling(long sequence) {
        Values now = values;
        int index = Arrays.binarySearch(now.array, 0, now.size, sequence);
        int found = index >= 0 ? index : -index - 1;
        return found < now.size ? now.array[found] : Long.MAX_VALUE;
    }

    /** The last sequence that is not above {@code sequence}; 0 where there is none. */
    long floor(long sequence) {
        Values now = values;
        int index = Arrays.binarySearch(now.array, 0, now.size, sequence);
        int found = index >= 0 ? index : -index - 2;
        return found >= 0 ? now.array[found] : 0;
    }
}
