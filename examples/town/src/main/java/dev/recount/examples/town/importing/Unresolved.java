package dev.recount.examples.town.importing;

/**
 * A line that an import could not take. Immutable.
 *
 * @param file the name of its file
 * @param line its number in the file, from 1
 * @param reason why
 */
public record Unresolved(String file, long line, String reason) {}
