package dev.recount.benchmarks.beads;

/** Where a bead is on its way. */
public enum BeadStatus {
    OPEN,
    IN_PROGRESS,
    BLOCKED,
    CLOSED
}
