package dev.recount.feed;

import dev.recount.feed.FeedListener.End;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listener of one stream, and keeps what it throws away from the stream. Immutable. */
record Told(FeedListener listener, String requestId) {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    void opened() {
        tell(() -> listener.opened(requestId));
    }

    void sent(long bytes, long behind) {
        tell(() -> listener.sent(requestId, bytes, behind));
    }

    void dropped(long broadcasts) {
        tell(() -> listener.dropped(requestId, broadcasts));
    }

    void closed(End end) {
        tell(() -> listener.closed(requestId, end));
    }

    private void tell(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("The listener of a feed failed at stream {}.", requestId, e);
        }
    }
}
