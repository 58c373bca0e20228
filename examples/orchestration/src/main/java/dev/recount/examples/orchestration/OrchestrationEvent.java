package dev.recount.examples.orchestration;

import java.time.Instant;

/**
 * What happened. Each event has the tags of all that it is about, from the project down.
 *
 * <p>No event holds a placeholder: that something is wanted of git is one event, and what git made of it another. An event without what it
 * must have cannot be made, so one in a log cannot be decoded.
 */
public sealed interface OrchestrationEvent permits ProjectEvent, ThreadEvent {

    /** When it happened, by the clock of whoever did it. */
    Instant occurredAt();
}
