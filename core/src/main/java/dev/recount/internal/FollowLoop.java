package dev.recount.internal;

import dev.recount.store.EventStore;
import dev.recount.store.StoreUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Follows a log on one thread: what is stored already and then what comes, as one loop. It waits only where everything stored has been
 * applied, and tries again while the store is unavailable; others wait for how far it has got.
 *
 * <p>Thread-safe; one thread runs it, once.
 */
public final class FollowLoop implements Runnable {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final EventStore store;
    private final String name;
    private final Step step;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicInteger waiters = new AtomicInteger();
    private volatile long sequence;
    private volatile boolean stopped;
    private boolean idle;
    private boolean ended;
    private @Nullable Throwable failure;

    /**
     * Begins after a sequence.
     *
     * @param name what follows, for messages, such as {@code subscription}
     */
    public FollowLoop(EventStore store, String name, long after, Step step) {
        this.store = store;
        this.name = name;
        this.sequence = after;
        this.step = step;
    }

    /** What is done with the log. Called from one thread at a time. */
    public interface Step {

        /**
         * Applies some of what comes next, and tells the loop how far it got.
         *
         * @return whether the log was read to its end
         */
        boolean applyMore(FollowLoop loop);

        /** Whether what was thrown just now came from the user's code: it ends the loop, whatever it is. */
        default boolean isInUserCode() {
            return false;
        }
    }

    @Override
    public void run() {
        Throwable cause = null;
        try {
            readOn();
        } catch (Throwable e) {
            // Whatever the user's code throws, also an Error, must reach those who wait for it.
            cause = stopped && !step.isInUserCode() ? null : e;
        }
        end(cause);
    }

    /** Everything up to here has been applied. */
    public long sequence() {
        return sequence;
    }

    /** Says how far it has got, and wakes those who wait for that. */
    public void advance(long to) {
        sequence = to;
        if (waiters.get() > 0) {
            signal();
        }
    }

    /** Whether it was asked to end. */
    public boolean isStopped() {
        return stopped;
    }

    /** What ended it; empty while it runs or when it was stopped. */
    public Optional<Throwable> failure() {
        lock.lock();
        try {
            return Optional.ofNullable(failure);
        } finally {
            lock.unlock();
        }
    }

    /** Whether it has not ended. */
    public boolean isRunning() {
        lock.lock();
        try {
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until everything up to {@code wanted} has been applied.
     *
     * @return whether it has been; false when the time is over
     * @throws IllegalStateException where the loop ended before, with its failure as the cause
     */
    public boolean awaitSequence(long wanted, Duration timeout) throws InterruptedException {
        long nanos = TimeUnit.NANOSECONDS.convert(timeout);
        lock.lockInterruptibly();
        waiters.incrementAndGet();
        try {
            while (sequence < wanted) {
                requireRunning(wanted);
                if (nanos <= 0) {
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
            }
            return true;
        } finally {
            waiters.decrementAndGet();
            lock.unlock();
        }
    }

    /** Asks the loop to end, and waits until its thread has; except on that thread itself. Asking again does nothing. */
    public void stop(Thread thread) {
        askToEnd(thread);
        if (thread != Thread.currentThread()) {
            joinUninterruptibly(thread);
        }
    }

    // Wakes the thread only where it waits, never inside the user's code.
    private void askToEnd(Thread thread) {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
            if (idle) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void readOn() {
        Duration pause = FIRST_PAUSE;
        while (!stopped) {
            try {
                if (step.applyMore(this)) {
                    awaitMore();
                }
                pause = FIRST_PAUSE;
            } catch (StoreUnavailable e) {
                if (step.isInUserCode()) {
                    throw e;
                }
                pause(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private void awaitMore() {
        if (!beginIdle()) {
            return;
        }
        try {
            store.awaitAfter(sequence, LONGEST_WAIT);
        } catch (InterruptedException e) {
            stopUnlessAsked(e);
        } finally {
            endIdle();
        }
    }

    private boolean beginIdle() {
        lock.lock();
        try {
            idle = !stopped;
            return idle;
        } finally {
            lock.unlock();
        }
    }

    // Clears the interrupt that stop() may have sent after the wait was over, before the user's code could see it.
    private void endIdle() {
        lock.lock();
        try {
            idle = false;
            if (stopped) {
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    private void stopUnlessAsked(InterruptedException e) {
        if (!stopped) {
            throw new IllegalStateException(
                    "The thread of a " + name + " was interrupted. Close the " + name + " to end it.", e);
        }
    }

    private void pause(Duration pause) {
        lock.lock();
        try {
            long nanos = pause.toNanos();
            while (!stopped && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            stopUnlessAsked(e);
        } finally {
            lock.unlock();
        }
    }

    private void requireRunning(long wanted) {
        if (ended) {
            throw new IllegalStateException(
                    "The " + name + " ended at sequence " + sequence + ", before " + wanted
                            + (failure == null ? ": it was closed." : ": " + failure),
                    failure);
        }
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable Throwable cause) {
        lock.lock();
        try {
            ended = true;
            failure = cause;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
