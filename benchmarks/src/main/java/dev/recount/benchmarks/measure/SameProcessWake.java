package dev.recount.benchmarks.measure;

import dev.recount.event.NewEvent;
import dev.recount.store.Append;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.HdrHistogram.Histogram;

/** One thread waits, the other does what it waits for, again and again. Not thread-safe: use from one thread at a time. */
final class SameProcessWake {

    private static final Append ONE = Append.of(List.of(NewEvent.of("bead.created", "{}")));
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int DIGITS = 3;

    // The waiter hands over the moment at which it went on, and waits again when that is taken.
    private final SynchronousQueue<Long> woken = new SynchronousQueue<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final Waiting waiting;
    private final Action wake;

    private SameProcessWake(Waiting waiting, Action wake) {
        this.waiting = waiting;
        this.wake = wake;
    }

    @FunctionalInterface
    private interface Waiting {
        void forNext() throws InterruptedException;
    }

    @FunctionalInterface
    private interface Action {
        void run();
    }

    /**
     * How long after a commit a waiter of the same process goes on, in nanoseconds: from before an append to the moment at which the
     * waiter goes on, less what an append takes that nobody waits for.
     */
    static Histogram ofAppends(Path file, int times) throws InterruptedException {
        try (SqliteEventStore store = SqliteEventStore.open(file, LongLogs.quickly())) {
            AtomicLong head = new AtomicLong();
            SameProcessWake contest = new SameProcessWake(
                    () -> {
                        if (!store.awaitAfter(head.get(), LONG)) {
                            throw new IllegalStateException("Nothing came after sequence " + head + ".");
                        }
                    },
                    () -> head.set(store.append(ONE).last()));
            return contest.run(times, true);
        }
    }

    /** How long after a signal a waiter on a condition goes on, in nanoseconds. */
    static Histogram ofCondition(int times) throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Condition changed = lock.newCondition();
        long[] signals = new long[2];
        SameProcessWake contest = new SameProcessWake(
                () -> {
                    lock.lock();
                    try {
                        while (signals[0] == signals[1]) {
                            changed.await();
                        }
                        signals[1] = signals[0];
                    } finally {
                        lock.unlock();
                    }
                },
                () -> {
                    lock.lock();
                    try {
                        signals[0]++;
                        changed.signalAll();
                    } finally {
                        lock.unlock();
                    }
                });
        return contest.run(times, false);
    }

    private Histogram run(int times, boolean lessTheAction) throws InterruptedException {
        Thread waiter = new Thread(this::waitAgainAndAgain, "waiter");
        waiter.setDaemon(true);
        waiter.start();
        long[] untilAwake = new long[times];
        Histogram actions = new Histogram(DIGITS);
        for (int i = 0; i < times; i++) {
            letItWait(waiter, begun, i + 1);
            long before = System.nanoTime();
            wake.run();
            letItWait(waiter, ended, i + 1);
            if (lessTheAction) {
                // The waiter is still waiting for its moment to be taken, so nobody waits for this one.
                long quiet = System.nanoTime();
                wake.run();
                actions.recordValue(System.nanoTime() - quiet);
            }
            untilAwake[i] = woken.take() - before;
        }
        waiter.interrupt();
        waiter.join();
        return less(untilAwake, actions.getValueAtPercentile(50));
    }

    private static Histogram less(long[] nanos, long takenOff) {
        Histogram latencies = new Histogram(DIGITS);
        for (long each : nanos) {
            latencies.recordValue(Math.max(0, each - takenOff));
        }
        return latencies;
    }

    // A thread that was just woken still counts as waiting, so the count comes first.
    private static void letItWait(Thread waiter, AtomicInteger count, int reached) {
        do {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(300));
        } while (count.get() < reached || !isWaiting(waiter.getState()));
    }

    private static boolean isWaiting(Thread.State state) {
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }

    private void waitAgainAndAgain() {
        try {
            while (true) {
                begun.incrementAndGet();
                waiting.forNext();
                long now = System.nanoTime();
                ended.incrementAndGet();
                woken.put(now);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
