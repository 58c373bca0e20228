package dev.recount.store.postgres;

import dev.recount.internal.log.Deadline;
import dev.recount.store.StoreClosed;
import dev.recount.store.jdbc.ModelSignal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Wakes those who wait for a read model: at once where this process writes it, otherwise by looking now and then. Thread-safe. */
final class AppliedSignal implements ModelSignal {

    private static final long FIRST_LOOK_NANOS = 5_000_000;
    private static final long LONGEST_PAUSE_NANOS = 250_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final String rig;
    private final CountDownLatch closing;
    private long changes;

    AppliedSignal(String rig, CountDownLatch closing) {
        this.rig = rig;
        this.closing = closing;
    }

    @Override
    public void publish(long checkpoint) {
        wakeAll();
    }

    @Override
    public void wakeAll() {
        lock.lock();
        try {
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitAfter(long sequence, Duration timeout, LongSupplier look) throws InterruptedException {
        Deadline deadline = Deadline.after(timeout);
        long pause = FIRST_LOOK_NANOS;
        long seen = changes();
        while (look.getAsLong() <= sequence) {
            if (deadline.isOver()) {
                return false;
            }
            seen = awaitChange(seen, Math.min(pause, Math.max(1, deadline.remainingNanos())));
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            requireOpen();
        }
        return true;
    }

    private long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    private long awaitChange(long seen, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long remaining = nanos;
            while (changes == seen && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
            return changes;
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closing.getCount() == 0) {
            throw new StoreClosed(rig);
        }
    }
}
