package dev.recount.store.postgres;

import dev.recount.internal.log.Deadline;
import dev.recount.store.StoreClosed;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** How far the rigs of a town are known to be, and who waits for them. Thread-safe. */
final class Heads {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, Waited> waited = new HashMap<>();

    private final class Waited {
        final Condition changed = lock.newCondition();
        long head;
        int waiters;
    }

    /** Tells of a committed head. */
    void publish(int rig, long head) {
        lock.lock();
        try {
            Waited of = waited.get(rig);
            if (of != null && head > of.head) {
                of.head = head;
                of.changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets all waiters look whether their store was closed. */
    void wakeAll() {
        lock.lock();
        try {
            waited.values().forEach(of -> of.changed.signalAll());
        } finally {
            lock.unlock();
        }
    }

    /** The rigs that somebody waits for. */
    Set<Integer> waitedFor() {
        lock.lock();
        try {
            return new HashSet<>(waited.keySet());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the head of a rig is above {@code sequence}; false when the time is over.
     *
     * @param onceThere publishes the head, once this is sure to be told of all that comes after
     */
    boolean awaitAfter(Rig rig, long sequence, Duration timeout, Runnable onceThere, BooleanSupplier closed)
            throws InterruptedException {
        Deadline deadline = Deadline.after(timeout);
        lock.lockInterruptibly();
        Waited of = waited.computeIfAbsent(rig.key(), key -> new Waited());
        of.waiters++;
        try {
            lookOnceThere(onceThere);
            while (of.head <= sequence && !closed.getAsBoolean() && !deadline.isOver()) {
                of.changed.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
            }
            if (closed.getAsBoolean()) {
                throw new StoreClosed(rig.name());
            }
            return of.head > sequence;
        } finally {
            leave(rig, of);
        }
    }

    // From here on nothing that is told is missed; what was committed before is looked up, without the lock.
    private void lookOnceThere(Runnable onceThere) {
        lock.unlock();
        try {
            onceThere.run();
        } finally {
            lock.lock();
        }
    }

    private void leave(Rig rig, Waited of) {
        of.waiters--;
        if (of.waiters == 0) {
            waited.remove(rig.key());
        }
        lock.unlock();
    }
}
