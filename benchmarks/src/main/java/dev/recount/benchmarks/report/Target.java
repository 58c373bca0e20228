package dev.recount.benchmarks.report;

/**
 * What a measure has to show. Immutable.
 *
 * @param on what is compared with the limit
 * @param atMost whether less is better
 * @param unit the limit's unit; empty for a ratio
 */
public record Target(Subject on, boolean atMost, double limit, String unit) {

    private static final Target NONE = new Target(Subject.NOTHING, true, Double.NaN, "");

    /** Which figure of a measure is compared. */
    public enum Subject {
        NOTHING,
        OURS,
        RATIO
    }

    /** Nothing to reach: the figure is there to be seen. */
    public static Target none() {
        return NONE;
    }

    /** Ours may cost so many times the floor at most. */
    public static Target ratioAtMost(double limit) {
        return new Target(Subject.RATIO, true, limit, "");
    }

    /** Ours does so many times the floor at least. */
    public static Target ratioAtLeast(double limit) {
        return new Target(Subject.RATIO, false, limit, "");
    }

    /** Ours is at most so much, whatever the floor. */
    public static Target atMost(double limit, String unit) {
        return new Target(Subject.OURS, true, limit, unit);
    }

    /** Ours is at least so much, whatever the floor. */
    public static Target atLeast(double limit, String unit) {
        return new Target(Subject.OURS, false, limit, unit);
    }

    /** Whether the figures reach it. A figure that is missing does not. */
    public boolean isMet(double ours, double ratio) {
        if (on == Subject.NOTHING) {
            return true;
        }
        double figure = on == Subject.OURS ? ours : ratio;
        return atMost ? figure <= limit : figure >= limit;
    }

    @Override
    public String toString() {
        if (on == Subject.NOTHING) {
            return "none";
        }
        String text = (atMost ? "<=" : ">=") + Figure.of(limit);
        return unit.isEmpty() ? text : text + " " + unit;
    }
}
