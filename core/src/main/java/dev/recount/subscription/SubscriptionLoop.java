package dev.recount.subscription;

import dev.recount.event.StoredEvent;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.StoreUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a page, hands out its events, moves the checkpoint; waits only where a page is complete. */
final class SubscriptionLoop implements Runnable {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final EventStore store;
    private final Query query;
    private final Checkpoint start;
    private final Consumer<? super StoredEvent> listener;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicInteger waiters = new AtomicInteger();
    private volatile long sequence;
    private volatile boolean stopped;
    // Only the loop's thread looks at it: what a listener throws ends the loop, whatever it is.
    private boolean inListener;
    private boolean idle;
    private boolean ended;
    private @Nullable Throwable failure;

    SubscriptionLoop(EventStore store, Query query, Checkpoint start, Consumer<? super StoredEvent> listener) {
        this.store = store;
        this.query = query;
        this.start = start;
        this.listener = listener;
        this.sequence = start.sequence();
    }

    @Override
    public void run() {
        Throwable cause = null;
        try {
            readOn();
        } catch (Throwable e) {
            // Whatever a listener throws, also an Error, must reach those who wait for it.
            cause = stopped && !inListener ? null : e;
        }
        end(cause);
    }

    Checkpoint checkpoint() {
        return new Checkpoint(start.logId(), sequence);
    }

    Optional<Throwable> failure() {
        lock.lock();
        try {
            return Optional.ofNullable(failure);
        } finally {
            lock.unlock();
        }
    }

    boolean isRunning() {
        lock.lock();
        try {
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    boolean awaitSequence(long wanted, Duration timeout) throws InterruptedException {
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

    /** Asks the loop to end; wakes its thread only where it waits, never inside the listener. */
    void stop(Thread thread) {
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

    private void readOn() {
        Duration pause = FIRST_PAUSE;
        while (!stopped) {
            try {
                if (readPage()) {
                    awaitMore();
                }
                pause = FIRST_PAUSE;
            } catch (StoreUnavailable e) {
                if (inListener) {
                    throw e;
                }
                pause(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    /** Whether the log was read to its end. */
    private boolean readPage() {
        Page page = store.read(query, ReadOptions.defaults().after(sequence));
        for (StoredEvent event : page.events()) {
            if (stopped) {
                return false;
            }
            inListener = true;
            listener.accept(event);
            inListener = false;
            advance(event.sequence());
        }
        advance(page.upTo());
        return page.complete();
    }

    private void advance(long to) {
        sequence = to;
        if (waiters.get() > 0) {
            signal();
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

    // Clears the interrupt that stop() may have sent after the wait was over, before the listener could see it.
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
                    "The thread of a subscription was interrupted. Close the subscription to end it.", e);
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
                    "The subscription ended at sequence " + sequence + ", before " + wanted
                            + (failure == null ? ": it was closed." : ": " + failure),
                    failure);
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
