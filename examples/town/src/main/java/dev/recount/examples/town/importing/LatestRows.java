package dev.recount.examples.town.importing;

import dev.recount.event.StoredEvent;
import java.util.HashMap;
import java.util.Map;

/**
 * The place of the last row of each bead that a log holds: two numbers for each bead. A row is stored at the end of the log,
 * so one whose place is before that came too late.
 *
 * <p>Not thread-safe.
 */
final class LatestRows {

    private final Map<Long, Long> places = new HashMap<>();

    /** Remembers a stored row whose source is a word and a number, which is its place. */
    void markByNumber(String source, StoredEvent event) {
        if (RowOrder.isNumbered(source)) {
            event.tags().values("bead").forEach(bead -> mark(source, bead, RowOrder.place(source)));
        }
    }

    /** Remembers the place of a stored row. */
    void mark(String source, String bead, long place) {
        places.merge(key(source, bead), place, Math::max);
    }

    /** Whether a row of that bead is stored whose place is behind this one. */
    boolean areBehind(String source, String bead, long place) {
        Long latest = places.get(key(source, bead));
        return latest != null && place < latest;
    }

    // Rows of two kinds of logs have places that do not compare.
    private static long key(String source, String bead) {
        return Digest.of(source.substring(0, source.indexOf(' ') + 1) + bead);
    }
}
