package dev.recount.examples.changefeed;

/** A session or a pull request: its id is unique within its project only. Immutable. */
public record Ref(String project, String id) {}
