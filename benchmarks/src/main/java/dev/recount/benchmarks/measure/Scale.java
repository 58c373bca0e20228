package dev.recount.benchmarks.measure;

import java.time.Duration;

/**
 * How much is measured. Immutable.
 *
 * @param rounds how often each lane runs for its figure
 * @param beads how many beads the long log has, each with 20 events
 * @param batches how many batches of 1,000 events are appended in a round
 * @param calls how many single calls a round times
 * @param lane how long a lane runs where it runs by the clock
 * @param rigs how many rigs a town has
 * @param entities how many entities a large model has
 * @param memoryAppends how many events are appended to a store in memory
 * @param idle how long a process is watched while it waits
 * @param load how long a thousand clients are served
 */
public record Scale(
        int rounds,
        int beads,
        int batches,
        int calls,
        Duration lane,
        int rigs,
        int entities,
        int memoryAppends,
        Duration idle,
        Duration load) {

    /** A million events, and five rounds of everything. */
    public static Scale full() {
        return new Scale(
                5,
                50_000,
                50,
                4_000,
                Duration.ofSeconds(2),
                1_000,
                100_000,
                200_000,
                Duration.ofSeconds(20),
                Duration.ofMinutes(1));
    }

    /** A fifth of a million, and three short rounds. */
    public static Scale quick() {
        return new Scale(
                3,
                10_000,
                20,
                1_500,
                Duration.ofMillis(500),
                1_000,
                100_000,
                100_000,
                Duration.ofSeconds(10),
                Duration.ofSeconds(12));
    }

    /** As little as shows that it works. */
    static Scale tiny() {
        return new Scale(
                1, 50, 1, 20, Duration.ofMillis(50), 3, 100, 500, Duration.ofMillis(200), Duration.ofSeconds(1));
    }

    /** How long a round of single calls goes on at most. */
    Duration longestRound() {
        return lane.multipliedBy(4);
    }

    /** How many events the long log has. */
    int events() {
        return beads * dev.recount.benchmarks.beads.BeadEvents.PER_BEAD;
    }
}
