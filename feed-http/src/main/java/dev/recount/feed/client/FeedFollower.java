package dev.recount.feed.client;

import java.time.Duration;
import java.util.Optional;

/**
 * Follows a feed on a daemon thread of its own, over all connections that this takes.
 *
 * <p>Thread-safe.
 */
public final class FeedFollower implements AutoCloseable {

    private final Following following;
    private final Thread thread;

    private FeedFollower(Following following, Thread thread) {
        this.following = following;
        this.thread = thread;
    }

    static FeedFollower start(FeedClient feed, String cursor, FeedObserver observer) {
        Following following = new Following(feed, cursor, observer);
        Thread thread = new Thread(following, "recount-feed-follower");
        thread.setDaemon(true);
        thread.start();
        return new FeedFollower(following, thread);
    }

    /**
     * The cursor after what the observer was told last, {@code 0} before the first event of a feed that is followed from its start, and
     * empty before it is known where the head is.
     */
    public String cursor() {
        return following.cursor();
    }

    /** What ended it; empty while it runs or when it was closed. */
    public Optional<Throwable> failure() {
        return following.failure();
    }

    /** Whether it has not ended. */
    public boolean isRunning() {
        return following.isRunning();
    }

    /**
     * Waits until it ends by itself or is closed.
     *
     * @return whether it did; false when the time is over
     * @throws InterruptedException where the waiting thread is interrupted
     */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return following.awaitEnd(timeout);
    }

    /**
     * Ends it. The observer finishes what it was told, unless it is what closes, and is not called again after this returns, but for
     * {@link FeedObserver#ended} where it closes itself. Closing again does nothing.
     */
    @Override
    public void close() {
        following.stop(thread);
    }
}
