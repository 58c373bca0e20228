package dev.recount.examples.changefeed;

/** What a session is at. */
public enum SessionStatus {
    /** It works. */
    WORKING,
    /** It waits for an answer. */
    WAITING,
    /** It is over, for good. */
    ENDED
}
