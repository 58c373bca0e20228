package dev.recount.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Several ways to do the same, measured in turn: A B A B, so that whatever slows the machine down slows all of them. Not
 * thread-safe: use from one thread at a time.
 */
public final class Contest {

    private final Map<String, Lane> lanes = new LinkedHashMap<>();

    /** One way. */
    @FunctionalInterface
    public interface Lane {
        /** Does it once and gives its figure: a cost or a speed. */
        double run() throws Exception;
    }

    /** With one more way. */
    public Contest lane(String name, Lane lane) {
        lanes.put(name, lane);
        return this;
    }

    /** Runs them all in turn, {@code warmups} times for nothing and {@code rounds} times for their figures. */
    public Rounds run(int warmups, int rounds) throws Exception {
        Rounds figures = new Rounds(lanes.keySet(), rounds);
        for (int round = -warmups; round < rounds; round++) {
            for (Map.Entry<String, Lane> lane : lanes.entrySet()) {
                // What one way leaves behind must not be cleared away on the next one's time.
                System.gc();
                double figure = lane.getValue().run();
                if (round >= 0) {
                    figures.set(lane.getKey(), round, figure);
                }
            }
        }
        return figures;
    }
}
