package dev.recount.examples.dashboard;

import java.util.List;

/**
 * A board: the things of one collection in lanes by their state. Immutable.
 *
 * @param title what people call it
 * @param collection the name in URLs, such as {@code beads}
 * @param tag the key of the tag by which events name such a thing
 * @param lanes the states that are known, in their order; others come after them
 */
public record BoardPlan(String title, String collection, String tag, List<String> lanes) {

    /** Copies the lanes. */
    public BoardPlan {
        lanes = List.copyOf(lanes);
    }
}
