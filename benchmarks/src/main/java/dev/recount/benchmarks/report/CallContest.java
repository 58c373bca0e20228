package dev.recount.benchmarks.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;

/**
 * Several ways to make one short call, timed call by call in turn. A lane's figure of a round is its median, in microseconds. Not
 * thread-safe: use from one thread at a time.
 */
public final class CallContest {

    private static final int DIGITS = 3;

    private final Map<String, Call> lanes = new LinkedHashMap<>();
    private final Map<String, Histogram> totals = new LinkedHashMap<>();

    /** One way. */
    @FunctionalInterface
    public interface Call {
        /** Makes the call with that number, which counts from 0 and never repeats. */
        void make(int number) throws Exception;
    }

    /** With one more way. */
    public CallContest lane(String name, Call call) {
        lanes.put(name, call);
        totals.put(name, new Histogram(DIGITS));
        return this;
    }

    /**
     * Makes calls in turn: one round to warm up, then {@code rounds} for their figures.
     *
     * @param calls how many of each a round has
     * @param longest how long a round goes on at most, however few calls that are
     */
    public Rounds run(int rounds, int calls, Duration longest) throws Exception {
        Rounds medians = new Rounds(lanes.keySet(), rounds);
        int number = 0;
        for (int round = -1; round < rounds; round++) {
            Map<String, Histogram> histograms = new LinkedHashMap<>();
            lanes.keySet().forEach(lane -> histograms.put(lane, new Histogram(DIGITS)));
            long end = System.nanoTime() + longest.toNanos();
            for (int i = 0; i < calls && System.nanoTime() < end; i++) {
                makeOneOfEach(histograms, number++);
            }
            if (round >= 0) {
                keep(histograms, medians, round);
            }
        }
        return medians;
    }

    /** How long the calls of a lane took, over all rounds. */
    public Latency latency(String lane) {
        return Latency.of(Objects.requireNonNull(totals.get(lane), lane));
    }

    /** A line that compares the medians of two lanes. */
    public Measure measure(String name, Rounds rounds, String ours, String floor, Target target) {
        return rounds.measure(name, ours, floor, "us", target).withLatency(latency(ours), latency(floor));
    }

    // Who comes first changes with every call: the first finds the caches as the other has left them.
    private void makeOneOfEach(Map<String, Histogram> histograms, int number) throws Exception {
        List<Map.Entry<String, Call>> order = new ArrayList<>(lanes.entrySet());
        for (int i = 0; i < order.size(); i++) {
            Map.Entry<String, Call> lane = order.get((i + number) % order.size());
            long before = System.nanoTime();
            lane.getValue().make(number);
            long took = System.nanoTime() - before;
            Objects.requireNonNull(histograms.get(lane.getKey())).recordValue(took);
        }
    }

    private void keep(Map<String, Histogram> histograms, Rounds medians, int round) {
        histograms.forEach((lane, histogram) -> {
            medians.set(lane, round, Latency.of(histogram).p50());
            Objects.requireNonNull(totals.get(lane)).add(histogram);
        });
    }
}
