/** The measures, one class for each group. */
@org.jspecify.annotations.NullMarked
package dev.recount.benchmarks.measure;
