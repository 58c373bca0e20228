/** Given/when/then specs, decider laws and the event store contract. */
package dev.recount.testkit;
