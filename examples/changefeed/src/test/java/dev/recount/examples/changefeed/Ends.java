package dev.recount.examples.changefeed;

import dev.recount.feed.FeedListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what the feed tells its listener about streams that ended. */
final class Ends implements FeedListener {

    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> opened = new LinkedBlockingQueue<>();

    @Override
    public void opened(String requestId) {
        opened.add(requestId);
    }

    @Override
    public void closed(String requestId, End end) {
        ends.add(requestId + " " + end);
    }

    String nextOpened() throws InterruptedException {
        return String.valueOf(opened.poll(60, TimeUnit.SECONDS));
    }

    /** The next end, such as {@code r1 STALLED}. */
    String next() throws InterruptedException {
        return String.valueOf(ends.poll(60, TimeUnit.SECONDS));
    }
}
