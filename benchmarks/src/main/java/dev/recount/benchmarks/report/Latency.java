package dev.recount.benchmarks.report;

import org.HdrHistogram.AbstractHistogram;

/** How long calls took, in microseconds. Immutable. */
public record Latency(double p50, double p99, double p999, double max) {

    private static final double NANOS = 1_000;

    /** What a histogram of nanoseconds says. */
    public static Latency of(AbstractHistogram nanos) {
        return new Latency(
                nanos.getValueAtPercentile(50) / NANOS,
                nanos.getValueAtPercentile(99) / NANOS,
                nanos.getValueAtPercentile(99.9) / NANOS,
                nanos.getMaxValue() / NANOS);
    }

    @Override
    public String toString() {
        return Figure.of(p50) + " / " + Figure.of(p99) + " / " + Figure.of(p999);
    }
}
