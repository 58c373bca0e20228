package dev.recount.examples.orchestration;

/**
 * A folder that agents work in. Immutable.
 *
 * @param id its id
 * @param name what it is called
 * @param path its folder, normalised
 */
public record Project(String id, String name, String path) {}
