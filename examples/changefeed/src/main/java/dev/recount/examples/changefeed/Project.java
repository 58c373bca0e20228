package dev.recount.examples.changefeed;

/** A project. Immutable. */
public record Project(String id, String name) {}
