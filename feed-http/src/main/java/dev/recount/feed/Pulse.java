package dev.recount.feed;

import java.time.Duration;

/**
 * What is new in all that a feed shows: looked at once, whatever the number of streams. Not thread-safe: use from the thread that
 * looks.
 */
interface Pulse {

    /** Takes for known whatever there is now. */
    void skip();

    /** Waits until there may be something new; false when the time is over. */
    boolean await(Duration timeout) throws InterruptedException;

    /** Reads what is new, or the beginning of it. */
    Part read();

    /** Whether what it has read is all that is new; not where a rig cannot be read any more, or again, or has lost events. */
    default boolean isSure() {
        return true;
    }
}
