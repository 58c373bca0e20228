package dev.recount.reaction;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** How the threads of a reactor, and those who wait for it, tell each other that something has changed. Thread-safe. */
final class Signals {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long version;
    private volatile boolean stopped;
    private @Nullable Throwable failure;
    private @Nullable Thread outside;

    /** A wait that only an interrupt can break off. */
    interface Wait {
        void await() throws InterruptedException;
    }

    /** What to give to {@link #await}, asked for before looking at what may change. */
    long version() {
        lock.lock();
        try {
            return version;
        } finally {
            lock.unlock();
        }
    }

    /** Something has changed. */
    void wake() {
        lock.lock();
        try {
            version++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends it all, for a failure or for none. The first one counts. */
    void stop(@Nullable Throwable cause) {
        lock.lock();
        try {
            if (!stopped) {
                stopped = true;
                failure = cause;
            }
            version++;
            changed.signalAll();
            if (outside != null) {
                outside.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isStopped() {
        return stopped;
    }

    Optional<Throwable> failure() {
        lock.lock();
        try {
            return Optional.ofNullable(failure);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something has changed since {@code seen} was the version, but not for longer than that. */
    void await(long seen, Duration atMost) throws InterruptedException {
        long nanos = TimeUnit.NANOSECONDS.convert(atMost);
        lock.lockInterruptibly();
        try {
            while (version == seen && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something else, which {@link #stop} breaks off. */
    void awaitOutside(Wait wait) throws InterruptedException {
        if (!leave()) {
            return;
        }
        try {
            wait.await();
        } catch (InterruptedException e) {
            if (!stopped) {
                throw e;
            }
        } finally {
            comeBack();
        }
    }

    private boolean leave() {
        lock.lock();
        try {
            outside = stopped ? null : Thread.currentThread();
            return !stopped;
        } finally {
            lock.unlock();
        }
    }

    // Clears the interrupt that stop() may have sent after the wait was over.
    private void comeBack() {
        lock.lock();
        try {
            outside = null;
            if (stopped) {
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }
}
