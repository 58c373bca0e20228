package dev.recount.command;

/** A state and the sequence up to which everything within its boundary has been folded into it. */
record KnownState<S>(S state, long upTo) {}
