package dev.recount.benchmarks.report;

import java.util.Arrays;

/**
 * The median of what several rounds gave, and how far apart they were. Immutable.
 *
 * @param rounds how many rounds there were; 0 where there is nothing to compare with
 */
public record Spread(double median, double lowest, double highest, int rounds) {

    private static final Spread NONE = new Spread(Double.NaN, Double.NaN, Double.NaN, 0);

    /** Nothing was compared. */
    public static Spread none() {
        return NONE;
    }

    /**
     * The spread of these figures.
     *
     * @throws IllegalArgumentException where there are none
     */
    public static Spread of(double... figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return new Spread(median(sorted), sorted[0], sorted[sorted.length - 1], sorted.length);
    }

    /** The spread of the quotients, round by round. */
    public static Spread ofRatios(double[] ours, double[] floor) {
        double[] ratios = new double[ours.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours[i] / floor[i];
        }
        return of(ratios);
    }

    private static double median(double[] sorted) {
        if (sorted.length == 0) {
            throw new IllegalArgumentException("There is no median of no figures. Run at least one round.");
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
