/** The strictest event store, for tests and prototypes. */
package dev.recount.store.memory;
