package dev.recount.store.sqlite;

import dev.recount.store.StoreClosed;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Wakes those who wait for a log to grow: at once for appends of this process, by looking at the file for those of others.
 *
 * <p>One of the waiting threads looks, however many wait; when it leaves, another takes over. Thread-safe.
 */
final class CommitSignal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean someoneLooks;
    private volatile long head;

    /** What a waiter needs to know of its store. */
    record Watch(String store, LongSupplier look, BooleanSupplier closed, Duration every) {}

    /** Tells of a committed head. */
    void publish(long newHead) {
        if (newHead <= head) {
            return;
        }
        lock.lock();
        try {
            head = Math.max(head, newHead);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets all waiters look whether their store was closed. */
    void wakeAll() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the head is above {@code sequence}; false when the time is over. */
    boolean awaitAfter(long sequence, Duration timeout, Watch watch) throws InterruptedException {
        long deadline = Deadline.after(timeout).nanoTime();
        if (head <= sequence) {
            publish(watch.look().getAsLong());
        }
        lock.lockInterruptibly();
        try {
            while (head <= sequence) {
                requireOpen(watch);
                long remaining = deadline - System.nanoTime();
                if (remaining <= 0) {
                    return false;
                }
                waitOnce(remaining, watch);
            }
            requireOpen(watch);
            return true;
        } finally {
            leave();
        }
    }

    // Who was woken to look after the log may leave instead, its own time being over; then another has to look.
    private void leave() {
        if (!someoneLooks) {
            changed.signal();
        }
        lock.unlock();
    }

    @SuppressWarnings("WaitNotInLoop") // the caller is the loop
    private void waitOnce(long remainingNanos, Watch watch) throws InterruptedException {
        if (someoneLooks) {
            changed.await(remainingNanos, TimeUnit.NANOSECONDS);
            return;
        }
        someoneLooks = true;
        try {
            long before = head;
            changed.await(Math.min(remainingNanos, watch.every().toNanos()), TimeUnit.NANOSECONDS);
            if (head == before && !watch.closed().getAsBoolean()) {
                lookUnlocked(watch);
            }
        } finally {
            someoneLooks = false;
            changed.signal();
        }
    }

    // The file is looked at without the lock, so that an append of this process is never held up.
    private void lookUnlocked(Watch watch) {
        lock.unlock();
        try {
            publish(watch.look().getAsLong());
        } finally {
            lock.lock();
        }
    }

    private static void requireOpen(Watch watch) {
        if (watch.closed().getAsBoolean()) {
            throw new StoreClosed(watch.store());
        }
    }
}
