package dev.recount.feed;

import dev.recount.feed.FeedListener.End;
import dev.recount.feed.FeedOptions.Limits;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The streams of a feed: how many there may be, who is woken, who is stuck, and their end. Thread-safe. */
final class Clients {

    private static final long LONGEST_TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<StreamThread> threads = new HashSet<>();
    private int places;
    private boolean closed;
    private @Nullable Thread watchdog;

    Clients(Limits limits) {
        this.limits = limits;
    }

    int count() {
        lock.lock();
        try {
            return places;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a place. */
    void reserve() {
        lock.lock();
        try {
            if (places >= limits.clients()) {
                throw FeedRefused.of(
                                503,
                                "TOO_MANY_CLIENTS",
                                "The feed serves " + places
                                        + " streams, which is as many as it may. Try again later, or" + " read pages.")
                        .with("limit", Integer.toString(limits.clients()));
            }
            places++;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the place back. */
    void release() {
        lock.lock();
        try {
            places--;
        } finally {
            lock.unlock();
        }
    }

    /** The current thread begins to serve a stream. */
    StreamThread enter(Sight sight) {
        StreamThread thread = new StreamThread(sight);
        lock.lock();
        try {
            threads.add(thread);
            if (closed) {
                thread.close();
            }
            startWatchdog();
            return thread;
        } finally {
            lock.unlock();
        }
    }

    void leave(StreamThread thread) {
        lock.lock();
        try {
            threads.remove(thread);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void wake(Predicate<Sight> whoSees) {
        lock.lock();
        try {
            for (StreamThread thread : threads) {
                if (whoSees.test(thread.sight())) {
                    thread.wake();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends all streams: lets them say so, and breaks off those that cannot. */
    void close() {
        lock.lock();
        try {
            closed = true;
            threads.forEach(StreamThread::close);
            if (!awaitNoOthers(limits.close())) {
                threads.forEach(thread -> thread.breakOff(End.FEED_CLOSED));
                awaitNoOthers(limits.close());
            }
        } finally {
            lock.unlock();
        }
    }

    // Who closes may be interrupted: then the streams end all the same, but nobody waits for them.
    private boolean awaitNoOthers(Duration limit) {
        long nanos = limit.toNanos();
        try {
            while (!threads.stream().allMatch(StreamThread::isCurrent) && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return threads.stream().allMatch(StreamThread::isCurrent);
    }

    private void startWatchdog() {
        if (watchdog == null) {
            Thread thread = new Thread(this::watch, "recount-feed-watchdog");
            thread.setDaemon(true);
            thread.start();
            watchdog = thread;
        }
    }

    private void watch() {
        long stallNanos = limits.stall().toNanos();
        lock.lock();
        try {
            while (!threads.isEmpty()) {
                changed.awaitNanos(Math.min(LONGEST_TICK_NANOS, stallNanos / 4 + 1));
                threads.forEach(thread -> thread.breakOffAfter(stallNanos));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watchdog = null;
            lock.unlock();
        }
    }
}
