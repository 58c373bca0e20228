package dev.recount.benchmarks.measure;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Many threads that do the same again and again for some time. Immutable. */
record Callers(int number, ThreadFactory threads) {

    private static final int DIGITS = 3;

    /** One call of a caller. */
    @FunctionalInterface
    interface Call {
        void make(int caller) throws Exception;
    }

    /** How many calls ended in a second, and how long each took, in nanoseconds. */
    record Outcome(double perSecond, Histogram latencies) {}

    /** Callers on platform threads. */
    static Callers onPlatformThreads(int number) {
        return new Callers(number, Thread::new);
    }

    /** Callers on virtual threads where this Java has them, else on platform threads. */
    static Callers onVirtualThreads(int number) throws ReflectiveOperationException {
        return haveVirtualThreads() ? new Callers(number, virtualThreads()) : onPlatformThreads(number);
    }

    static boolean haveVirtualThreads() {
        return Runtime.version().feature() >= 21;
    }

    // By reflection, since the oldest Java that this is compiled for has none.
    private static ThreadFactory virtualThreads() throws ReflectiveOperationException {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory) Class.forName("java.lang.Thread$Builder")
                    .getMethod("factory")
                    .invoke(builder);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Virtual threads cannot be made", e.getCause());
        }
    }

    /** Lets them all call for that long. */
    Outcome callFor(Duration time, Call call) throws InterruptedException {
        ConcurrentHistogram latencies = new ConcurrentHistogram(DIGITS);
        LongAdder calls = new LongAdder();
        AtomicReference<Exception> failure = new AtomicReference<>();
        CountDownLatch start = new CountDownLatch(1);
        long[] end = new long[1];
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            int caller = i;
            all.add(threads.newThread(() -> {
                try {
                    start.await();
                    while (System.nanoTime() < end[0]) {
                        long before = System.nanoTime();
                        call.make(caller);
                        latencies.recordValue(System.nanoTime() - before);
                        calls.increment();
                    }
                } catch (Exception e) {
                    failure.compareAndSet(null, e);
                }
            }));
        }
        all.forEach(Thread::start);
        long before = System.nanoTime();
        end[0] = before + time.toNanos();
        start.countDown();
        for (Thread thread : all) {
            thread.join();
        }
        double seconds = (System.nanoTime() - before) / 1e9;
        if (failure.get() != null) {
            throw new IllegalStateException("A caller failed", failure.get());
        }
        return new Outcome(calls.sum() / seconds, latencies.copy());
    }
}
