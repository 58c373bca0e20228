/** How replays and decisions read: pages from the store, events from the codec. Not for users of the library. */
package dev.recount.internal;
