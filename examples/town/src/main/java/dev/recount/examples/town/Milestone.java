package dev.recount.examples.town;

/**
 * Where an escalation, a molecule or a convoy stands, in words of its own. Immutable.
 *
 * @param state {@code escalated} or {@code acknowledged}; {@code advancing} or {@code completed}; {@code waiting} or {@code landed};
 *     {@code ended} for one that was closed or failed before
 * @param detail how far it is, in some words
 */
public record Milestone(String state, String detail) {}
