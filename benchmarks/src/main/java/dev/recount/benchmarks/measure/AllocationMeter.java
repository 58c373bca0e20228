package dev.recount.benchmarks.measure;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts what all threads of this process allocate while some work is done, also those that begin and end meanwhile: it looks every
 * millisecond, so what a thread allocates in its last one is missed. Not thread-safe: use from one thread at a time.
 */
final class AllocationMeter {

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Map<Long, Long> first = new HashMap<>();
    private final Map<Long, Long> last = new HashMap<>();
    private volatile boolean done;

    /** The bytes that were allocated while {@code work} was done. */
    static long bytesOf(Runnable work) throws InterruptedException {
        return new AllocationMeter().measure(work);
    }

    private long measure(Runnable work) throws InterruptedException {
        look(first);
        Thread watching = new Thread(this::watch, "allocation meter");
        watching.start();
        try {
            work.run();
        } finally {
            done = true;
            watching.join();
        }
        look(last);
        last.remove(watching.getId());
        return last.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - first.getOrDefault(thread.getKey(), 0L))
                .sum();
    }

    private void watch() {
        while (!done) {
            look(last);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private void look(Map<Long, Long> seen) {
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        for (int i = 0; i < ids.length; i++) {
            if (bytes[i] >= 0) {
                seen.put(ids[i], bytes[i]);
            }
        }
    }
}
