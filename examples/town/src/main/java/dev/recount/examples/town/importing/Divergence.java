package dev.recount.examples.town.importing;

/**
 * A field of a bead that stands otherwise live than after a replay. Immutable.
 *
 * @param key the bead
 * @param field the field
 * @param live its live value as text; empty where it has none
 * @param replayed its value after the replay as text; empty where it has none
 * @param lastSequence the sequence of the last event about the bead
 * @param reason why they can differ
 */
public record Divergence(String key, String field, String live, String replayed, long lastSequence, String reason) {}
