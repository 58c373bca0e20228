/** A daemon that owns projects, sessions and pull requests, and a feed of all that changes. */
@org.jspecify.annotations.NullMarked
package dev.recount.examples.changefeed;
