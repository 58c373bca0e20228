/** How decisions and replays read events, and how they find, check and take snapshots. Not exported. */
package dev.recount.internal;
