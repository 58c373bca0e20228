package dev.recount.examples.dashboard;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thing on a board. Immutable.
 *
 * @param collection the collection of its board
 * @param state its lane
 * @param id its id
 * @param title what it is called
 * @param detail what else is worth a glance; null where nothing
 * @param since since when it is as it is
 * @param agents the ids of the agents that it concerns, which is what a filter by agent looks at
 */
public record Card(
        String collection,
        String state,
        String id,
        String title,
        @Nullable String detail,
        Instant since,
        List<String> agents) {

    /** Copies the agents. */
    public Card {
        agents = List.copyOf(agents);
    }
}
