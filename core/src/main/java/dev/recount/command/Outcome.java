package dev.recount.command;

import dev.recount.store.Appended;
import java.util.List;

/**
 * What became of a command. Immutable where the events are.
 *
 * @param events the events it led to, in order; none where it asked for what already was
 * @param appended where they are stored, and whether that was done before, under the same command id
 */
public record Outcome<E>(List<E> events, Appended appended) {

    /** Copies the events. */
    public Outcome {
        events = List.copyOf(events);
    }
}
