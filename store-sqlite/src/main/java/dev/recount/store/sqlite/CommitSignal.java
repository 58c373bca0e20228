package dev.recount.store.sqlite;

import dev.recount.internal.log.Deadline;
import dev.recount.store.StoreClosed;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Wakes those who wait for a log to grow: at once for appends of this process, by looking at the file for those of others. When to
 * look is told by the file system where it can; otherwise, and to be sure, it is done now and then.
 *
 * <p>One of the waiting threads looks, however many wait; when it leaves, another takes over. Thread-safe.
 */
final class CommitSignal implements FileWatch.Listener {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition toLook = lock.newCondition();
    private final LookTimes looks = new LookTimes();
    private boolean someoneLooks;
    private volatile long head;

    /** What a waiter needs to know of its store. */
    record Watch(String store, LongSupplier look, BooleanSupplier closed, Tuning.Looks every, FileJoin files) {

        long longestPauseNanos(FileWatch.Ticket ticket) {
            return (ticket.isTold() ? every.watched() : every.unwatched()).toNanos();
        }
    }

    /** Has changes of the store's files told to a signal. */
    interface FileJoin {
        FileWatch.Ticket join(CommitSignal signal);
    }

    /** Tells of a committed head. */
    void publish(long newHead) {
        if (newHead <= head) {
            return;
        }
        lock.lock();
        try {
            head = Math.max(head, newHead);
            wakeLocked();
        } finally {
            lock.unlock();
        }
    }

    /** Lets all waiters look whether their store was closed. */
    void wakeAll() {
        lock.lock();
        try {
            wakeLocked();
        } finally {
            lock.unlock();
        }
    }

    private void wakeLocked() {
        changed.signalAll();
        toLook.signal();
    }

    /** Lets the one who looks do so now. */
    @Override
    public void changed(String log) {
        lock.lock();
        try {
            if (looks.change()) {
                toLook.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the head is above {@code sequence}; false when the time is over. */
    boolean awaitAfter(long sequence, Duration timeout, Watch watch) throws InterruptedException {
        Deadline deadline = Deadline.after(timeout);
        if (head <= sequence) {
            publish(watch.look().getAsLong());
        }
        if (head > sequence || deadline.isOver()) {
            return await(sequence, deadline, watch, FileWatch.Ticket.UNTOLD);
        }
        try (FileWatch.Ticket ticket = watch.files().join(this)) {
            return await(sequence, deadline, watch, ticket);
        }
    }

    private boolean await(long sequence, Deadline deadline, Watch watch, FileWatch.Ticket ticket)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            looks.looked();
            while (head <= sequence) {
                requireOpen(watch);
                long remaining = deadline.remainingNanos();
                if (remaining <= 0) {
                    return false;
                }
                waitOnce(remaining, watch, ticket);
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
    private void waitOnce(long remainingNanos, Watch watch, FileWatch.Ticket ticket) throws InterruptedException {
        if (someoneLooks) {
            changed.await(remainingNanos, TimeUnit.NANOSECONDS);
            return;
        }
        someoneLooks = true;
        try {
            long before = head;
            long longestPause = watch.longestPauseNanos(ticket);
            toLook.await(Math.min(remainingNanos, looks.nanosToNext(longestPause)), TimeUnit.NANOSECONDS);
            boolean wanted = head == before && !watch.closed().getAsBoolean();
            if (wanted && looks.nanosToNext(longestPause) <= 0) {
                lookUnlocked(watch);
            }
        } finally {
            // Whoever goes on from here looks again or leaves, and who leaves wakes the next.
            someoneLooks = false;
        }
    }

    // The file is looked at without the lock, so that an append of this process is never held up.
    private void lookUnlocked(Watch watch) {
        looks.look();
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
