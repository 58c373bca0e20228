/** The typed event log: the front door, which ties a store and a codec to everything else. */
package dev.recount;
