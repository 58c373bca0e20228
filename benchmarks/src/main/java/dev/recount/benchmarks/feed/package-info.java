/** Clients of a feed over raw sockets, a thousand of them on one thread, which check every event that comes. */
@org.jspecify.annotations.NullMarked
package dev.recount.benchmarks.feed;
