/** What a good engineer would write by hand: plain JDBC, plain Jackson, plain collections. */
@org.jspecify.annotations.NullMarked
package dev.recount.benchmarks.floor;
