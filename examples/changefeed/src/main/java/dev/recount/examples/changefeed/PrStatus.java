package dev.recount.examples.changefeed;

/** What has become of a pull request. */
public enum PrStatus {
    /** It can change. */
    OPEN,
    /** It was taken in, for good. */
    MERGED,
    /** It was given up, for good. */
    CLOSED
}
