/** The runner of the big measurements: each beside its floor, in one process and one run. */
@org.jspecify.annotations.NullMarked
package dev.recount.benchmarks;
