/** The small things, by JMH. */
@org.jspecify.annotations.NullMarked
package dev.recount.benchmarks.micro;
