package dev.recount.store.sqlite;

import java.util.List;

/**
 * Where a stretch of a log went in its copy. Immutable.
 *
 * @param first the first sequence of the stretch
 * @param last its last sequence
 * @param to the sequence in the copy at which it begins
 * @param each how many events each of its events became; 0 where they were left out
 */
public record CopiedRange(long first, long last, long to, int each) {

    /** The sequence in the copy up to which all is there that came from events of this stretch up to {@code sequence}. */
    long upTo(long sequence) {
        return to + (Math.min(sequence, last) - first + 1) * each - 1;
    }

    /** The same among stretches in order; 0 before the first. */
    static long upTo(List<CopiedRange> ranges, long sequence) {
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).first() <= sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? 0 : ranges.get(low - 1).upTo(sequence);
    }
}
