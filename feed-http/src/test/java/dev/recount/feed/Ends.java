package dev.recount.feed;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps what a feed tells its listener. */
final class Ends implements FeedListener {

    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> opened = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    @Override
    public void opened(String requestId) {
        opened.add(requestId);
    }

    @Override
    public void sent(String requestId, long sentBytes, long behind) {
        bytes.addAndGet(sentBytes);
    }

    @Override
    public void closed(String requestId, End end) {
        ends.add(requestId + " " + end);
    }

    /** The next stream that began. */
    String nextOpened() throws InterruptedException {
        return String.valueOf(opened.poll(60, TimeUnit.SECONDS));
    }

    /** The next end, such as {@code r1 STALLED}. */
    String next() throws InterruptedException {
        return String.valueOf(ends.poll(60, TimeUnit.SECONDS));
    }

    long bytes() {
        return bytes.get();
    }
}
