package dev.recount.benchmarks.beads;

import java.time.Instant;

/** Asks to say something about a bead. */
public record AddComment(String bead, String agent, int convoy, Instant at, String text) {}
