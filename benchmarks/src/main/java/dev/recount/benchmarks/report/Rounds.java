package dev.recount.benchmarks.report;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The figures of each lane, round by round. Not thread-safe: use from one thread at a time. */
public final class Rounds {

    private final Map<String, double[]> figures = new HashMap<>();

    /** Room for the figures of these lanes. */
    public Rounds(Collection<String> lanes, int rounds) {
        lanes.forEach(lane -> figures.put(lane, new double[rounds]));
    }

    void set(String lane, int round, double figure) {
        of(lane)[round] = figure;
    }

    /** The median of a lane. */
    public double median(String lane) {
        return Spread.of(of(lane)).median();
    }

    /** How many times the figure of {@code floor} that of {@code ours} is, compared round by round. */
    public Spread ratio(String ours, String floor) {
        return Spread.ofRatios(of(ours), of(floor));
    }

    /** A line that compares two lanes. */
    public Measure measure(String name, String ours, String floor, String unit, Target target) {
        return Measure.of(name, median(ours), median(floor), unit, ratio(ours, floor), target);
    }

    private double[] of(String lane) {
        return Objects.requireNonNull(figures.get(lane), lane);
    }
}
