/** What is measured in a process of its own. */
@org.jspecify.annotations.NullMarked
package dev.recount.benchmarks.process;
