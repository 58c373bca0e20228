package dev.recount.examples.workspaces;

/**
 * The agent that is active in a workspace. Immutable.
 *
 * @param id its id
 * @param model what it runs on
 */
public record Agent(String id, String model) {}
