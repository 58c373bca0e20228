package dev.recount.benchmarks.report;

import org.jspecify.annotations.Nullable;

/**
 * One line of the result. The ratio is always ours by the floor's: of costs (less is better) or of speeds (more is better), as the
 * target tells. Immutable.
 *
 * @param ours the median over the rounds
 * @param floor the median over the rounds; not a number where nothing is compared with
 * @param latency of ours, where single calls were timed
 * @param floorLatency of the floor, likewise
 * @param durability the durability mode, empty where nothing is written
 * @param note what a reader has to know of this line
 */
public record Measure(
        String name,
        double ours,
        double floor,
        String unit,
        Spread ratio,
        Target target,
        @Nullable Latency latency,
        @Nullable Latency floorLatency,
        String durability,
        String note) {

    /** A figure beside its floor. */
    public static Measure of(String name, double ours, double floor, String unit, Spread ratio, Target target) {
        return new Measure(name, ours, floor, unit, ratio, target, null, null, "", "");
    }

    /** A figure without a floor. */
    public static Measure alone(String name, double ours, String unit, Target target) {
        return of(name, ours, Double.NaN, unit, Spread.none(), target);
    }

    /** With how long single calls took. */
    public Measure withLatency(Latency newLatency, @Nullable Latency newFloorLatency) {
        return new Measure(name, ours, floor, unit, ratio, target, newLatency, newFloorLatency, durability, note);
    }

    /** With the durability mode of what was written. */
    public Measure withDurability(String newDurability) {
        return new Measure(name, ours, floor, unit, ratio, target, latency, floorLatency, newDurability, note);
    }

    /** With a remark. */
    public Measure withNote(String newNote) {
        return new Measure(name, ours, floor, unit, ratio, target, latency, floorLatency, durability, newNote);
    }

    /** Whether it reaches its target. */
    public boolean isOk() {
        return target.isMet(ours, ratio.median());
    }
}
