/** The events that are stored and the read model that they are folded into, the same for every path. */
@org.jspecify.annotations.NullMarked
package dev.recount.benchmarks.beads;
