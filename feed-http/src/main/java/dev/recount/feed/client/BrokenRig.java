package dev.recount.feed.client;

/**
 * A rig of a town that cannot be read now. Immutable.
 *
 * @param code why, for programs
 * @param message why, for people
 */
public record BrokenRig(String rig, String code, String message) {}
