package dev.recount.feed;

/**
 * Is told what the streams of a feed do, for metrics and logs. Every method does nothing unless it is implemented.
 *
 * <p>Called from the threads of the streams, so it must be fast and thread-safe. What it throws is logged and harms no stream.
 */
public interface FeedListener {

    /** Why a stream ended. */
    enum End {
        /** The client closed the connection, or the network did. */
        CLIENT_LEFT,
        /** The client took nothing for longer than the stall limit. */
        STALLED,
        /** The feed was closed. */
        FEED_CLOSED,
        /** What the client may see has changed, and the policy refuses it now. */
        REFUSED,
        /** The store was closed or failed, or a thread that serves the stream was interrupted. */
        FAILED
    }

    /** A stream began. */
    default void opened(String requestId) {}

    /**
     * Something was sent.
     *
     * @param bytes how many bytes of the body
     * @param behind how many events of the log lie after what was sent, whether or not this stream would see them; for a stream of a
     *     town only how many of those that were read for it
     */
    default void sent(String requestId, long bytes, long behind) {}

    /** The client was too slow for so many broadcasts, of which some may not have been for it. */
    default void dropped(String requestId, long broadcasts) {}

    /** A stream ended. */
    default void closed(String requestId, End end) {}
}
