package dev.recount.reaction;

import java.time.Instant;

/**
 * The right to run a reactor, for a time. Immutable.
 *
 * @param reactor the reactor's name
 * @param owner who has it
 * @param fence a number that rises with each take-over
 * @param until when it ends unless it is renewed, to the microsecond
 */
public record Lease(String reactor, String owner, long fence, Instant until) {}
