package dev.recount.benchmarks.beads;

/** Asks to say something about a bead. */
public record AddComment(String bead, String agent, int convoy, long atMillis, String text) {}
