package dev.recount.benchmarks.process;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** How much of a core this process uses. */
final class Cpu {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private Cpu() {}

    /** The processor time of this process so far, in milliseconds. */
    static long usedMillis() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return system.getProcessCpuTime() / NANOS_PER_MILLI;
    }

    /** The share of one core, in percent, over that time. */
    static double percentDuring(Duration time) throws InterruptedException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long startNanos = System.nanoTime();
        long startCpu = system.getProcessCpuTime();
        Thread.sleep(time.toNanos() / NANOS_PER_MILLI);
        long cpu = system.getProcessCpuTime() - startCpu;
        return 100.0 * cpu / (System.nanoTime() - startNanos);
    }
}
