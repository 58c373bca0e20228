/** Figures: how they are computed from rounds, and how they are printed. */
@org.jspecify.annotations.NullMarked
package dev.recount.benchmarks.report;
