package dev.recount.decider;

/** The states of two combined projectors or deciders. Immutable where its parts are. */
public record Both<A, B>(A first, B second) {}
