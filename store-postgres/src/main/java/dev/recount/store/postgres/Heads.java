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
    private final Condition anyChanged = lock.newCondition();
    private long changes;
    private int waitersForAny;

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

    /** Tells that some rig has got on, or may have. */
    void publishAny() {
        lock.lock();
        try {
            changes++;
            anyChanged.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets all waiters look whether their store was closed. */
    void wakeAll() {
        lock.lock();
        try {
            waited.values().forEach(of -> of.changed.signalAll());
            anyChanged.signalAll();
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

    /** Whether somebody waits for any rig of the town. */
    boolean isAnyWaitedFor() {
        lock.lock();
        try {
            return waitersForAny > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Whether anybody waits for anything. */
    boolean isWaitedFor() {
        lock.lock();
        try {
            return waitersForAny > 0 || !waited.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a look finds news; it looks at once, and whenever some rig may have got on. False when the time is over.
     *
     * @param listen sees to it that this is told of all that comes after
     */
    boolean awaitAny(Duration timeout, BooleanSupplier look, Runnable listen, BooleanSupplier closed)
            throws InterruptedException {
        Deadline deadline = Deadline.after(timeout);
        lock.lockInterruptibly();
        waitersForAny++;
        try {
            long seen = changes;
            while (!isFound(look, listen) && !closed.getAsBoolean()) {
                while (changes == seen && !closed.getAsBoolean() && !deadline.isOver()) {
                    anyChanged.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
                }
                if (changes == seen) {
                    return false;
                }
                seen = changes;
            }
            return true;
        } finally {
            waitersForAny--;
            lock.unlock();
        }
    }

    private boolean isFound(BooleanSupplier look, Runnable listen) {
        lock.unlock();
        try {
            boolean found = look.getAsBoolean();
            if (!found) {
                listen.run();
            }
            return found;
        } finally {
            lock.lock();
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
