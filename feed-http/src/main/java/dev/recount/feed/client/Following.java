package dev.recount.feed.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects, reads, waits, and connects again. One thread runs it, once; others look at it and stop it. */
final class Following implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedFollower.class);

    private final FeedClient feed;
    private final Telling telling;
    private final Backoff backoff;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Connection connection;
    private volatile @Nullable Throwable failure;
    private boolean closedByObserver;

    Following(FeedClient feed, String cursor, FeedObserver observer) {
        this.feed = feed;
        this.telling = new Telling(cursor, observer);
        this.backoff = new Backoff(
                feed.longestPause(), () -> ThreadLocalRandom.current().nextDouble());
    }

    @Override
    public void run() {
        try {
            while (!isStopped()) {
                followOnce();
            }
        } catch (Throwable e) {
            // Whatever the observer throws, also an Error, must reach those who wait for it.
            failure = e;
        } finally {
            end();
        }
    }

    // Who closes waits for this, whatever the observer makes of its end.
    private void end() {
        try {
            telling.ended(failure());
        } finally {
            ended.countDown();
        }
    }

    String cursor() {
        return telling.cursor();
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    boolean isRunning() {
        return ended.getCount() > 0;
    }

    boolean awaitEnd(Duration timeout) throws InterruptedException {
        return ended.await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
    }

    /** Ends it, and waits until its thread has; except on that thread itself. */
    void stop(Thread thread) {
        stopped.countDown();
        Connection open = connection;
        if (open != null) {
            open.close();
        }
        if (thread == Thread.currentThread()) {
            closedByObserver = true;
        } else {
            awaitEndUninterruptibly();
        }
    }

    private void followOnce() throws InterruptedException {
        try (Connection opened = Connection.open(feed, telling.cursor())) {
            // Written before stopped is read, as stop() does it the other way round: one of the two sees the other.
            connection = opened;
            if (!isStopped()) {
                opened.awaitStream();
                telling.connected();
                read(opened);
            }
        } catch (IOException e) {
            pause(e);
        }
    }

    private void read(Connection open) throws IOException, InterruptedException {
        FrameReader frames = new FrameReader();
        while (!isStopped()) {
            for (ByteBuffer bytes : open.next()) {
                frames.read(bytes, this::take);
            }
            frames.retryMillis().ifPresent(millis -> backoff.beginWith(Duration.ofMillis(millis)));
            if (!closedByObserver) {
                telling.drained();
            }
        }
    }

    private void take(Frame frame) throws IOException {
        if (isStopped()) {
            return;
        }
        if (telling.tell(frame)) {
            backoff.progressed();
        }
    }

    private void pause(IOException why) throws InterruptedException {
        if (isStopped()) {
            return;
        }
        Duration pause = backoff.next();
        LOG.debug("Feed {} is followed on in {}.", Envelope.withoutQuery(feed.uri()), pause, why);
        telling.disconnected(why, pause);
        if (stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.debug("The follower was closed.");
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void awaitEndUninterruptibly() {
        boolean interrupted = false;
        while (ended.getCount() > 0) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
