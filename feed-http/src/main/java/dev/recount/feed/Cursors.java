package dev.recount.feed;

import dev.recount.store.EventStore;
import dev.recount.store.LogInfo;
import dev.recount.subscription.UnusableCheckpoint.Reason;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The cursors of one log. Thread-safe. */
final class Cursors {

    private final EventStore store;

    Cursors(EventStore store) {
        this.store = store;
    }

    /** The cursor at a sequence; a bare one where retention took it meanwhile. */
    Cursor at(long sequence) {
        return store.chainAt(sequence).map(mark -> Cursor.of(sequence, mark)).orElseGet(() -> new Cursor(sequence, ""));
    }

    /** The cursors at sequences; without those that the log has not, such as those that retention took meanwhile. */
    Map<Long, Cursor> at(Collection<Long> sequences) {
        Map<Long, Cursor> cursors = new HashMap<>();
        store.chainsAt(sequences).forEach((sequence, mark) -> cursors.put(sequence, Cursor.of(sequence, mark)));
        return cursors;
    }

    /**
     * What the log says of itself, once it has come as far as a cursor that it may come to.
     *
     * @throws dev.recount.store.StoreUnavailable where it follows another log and has not come as far
     */
    LogInfo infoFor(Cursor cursor) {
        LogInfo info = store.info();
        boolean isAhead = cursor.sequence() > info.head();
        return isAhead && Lag.chainAt(store, cursor.sequence()).isPresent() ? store.info() : info;
    }

    /**
     * Why nobody can read on from a cursor without loss; empty where one can.
     *
     * @throws dev.recount.store.StoreUnavailable where the log follows another one and has not come as far
     */
    Optional<Reason> unusable(Cursor cursor, LogInfo log) {
        if (cursor.isBeginning()) {
            return Optional.empty();
        }
        // A log that may come to it yet says so by an exception.
        if (cursor.sequence() > log.head() && store.chainAt(cursor.sequence()).isEmpty()) {
            return Optional.of(Reason.AHEAD_OF_HEAD);
        }
        if (cursor.sequence() < log.floor()) {
            return Optional.of(Reason.BELOW_FLOOR);
        }
        return cursor.digits().isEmpty() ? Optional.empty() : unlikeTheLog(cursor);
    }

    private Optional<Reason> unlikeTheLog(Cursor cursor) {
        Optional<String> mark = store.chainAt(cursor.sequence());
        if (mark.isEmpty()) {
            return Optional.of(Reason.BELOW_FLOOR);
        }
        return mark.get().startsWith(cursor.digits()) ? Optional.empty() : Optional.of(Reason.OTHER_LOG);
    }

    /** What a request for a page gets instead. */
    static FeedRefused refusal(Reason reason, Cursor cursor, LogInfo log) {
        return FeedRefused.of(
                        410,
                        "UNUSABLE_CURSOR",
                        message(reason, cursor, log) + " Read again from after=0, or from after=" + log.head()
                                + " for what comes from now on.")
                .with("reason", reason.name())
                .with("cursor", cursor.toString());
    }

    /** Why, for people. */
    static String message(Reason reason, Cursor cursor, LogInfo log) {
        String at = "The cursor is at " + cursor + ", ";
        return switch (reason) {
            case AHEAD_OF_HEAD -> at + "but the log ends at " + log.head() + ": an older copy was restored.";
            case BELOW_FLOOR -> at + "but events up to " + log.floor() + " were removed by retention.";
            case OTHER_LOG -> at + "but this log holds something else there: it was replaced, or went another way.";
        };
    }
}
