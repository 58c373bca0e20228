package dev.recount.store.sqlite;

import dev.recount.store.EventsRemoved;
import dev.recount.store.ReadOptions;

/** The part of a log that a page is taken from: after a sequence, up to another, at most so many events. Immutable. */
record Window(long after, long until, int limit, boolean newestFirst) {

    // A page is held in memory; a store may give fewer events than asked for.
    private static final int MAX_LIMIT = 10_000;

    /**
     * What may be read of a log: nothing at or below its floor, though rows may have been left there.
     *
     * @throws EventsRemoved where somebody reads on from below the floor
     */
    static Window of(ReadOptions options, LogRow.Position log) {
        EventsRemoved.check(options.after(), log.floor());
        long until = Math.min(options.until(), log.head());
        return new Window(
                Math.max(options.after(), Math.min(log.floor(), until)),
                until,
                Math.min(options.limit(), MAX_LIMIT),
                options.isNewestFirst());
    }

    /** The first event of a range. */
    static Window first(long after, long until) {
        return new Window(after, until, 1, false);
    }

    /** What comes after an event in it, in its direction. */
    Window beyond(long sequence) {
        return newestFirst ? new Window(after, sequence - 1, limit, true) : new Window(sequence, until, limit, false);
    }

    Window withLimit(int events) {
        return new Window(after, until, events, newestFirst);
    }

    /** The next so many sequences of it, oldest first. */
    Window next(int sequences) {
        long last = until - after > sequences ? after + sequences : until;
        return new Window(after, last, sequences, false);
    }

    boolean isEmpty() {
        return after >= until;
    }

    /** The sequence up to which all of it was looked through. */
    long end() {
        return Math.max(after, until);
    }
}
