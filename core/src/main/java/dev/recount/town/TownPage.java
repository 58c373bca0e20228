package dev.recount.town;

import dev.recount.store.EventStoreException;
import java.util.List;
import java.util.Map;

/**
 * A bounded part of what a query finds over all rigs of a town.
 *
 * <p>Immutable.
 *
 * @param events what was found, in the order asked for
 * @param next where {@link Town#read} and {@link Town#awaitAfter} go on
 * @param complete whether nothing more was to be found in that direction, in the rigs that could be read
 * @param broken why rigs could not be read, by their names; empty where all could
 */
public record TownPage(
        List<RigEvent> events, TownCursor next, boolean complete, Map<String, EventStoreException> broken) {

    /** Copies the collections. */
    public TownPage {
        events = List.copyOf(events);
        broken = Map.copyOf(broken);
    }
}
