/** A rig of a town: its commands, events, rules and read model. */
package dev.recount.examples.town;
