package dev.recount.store;

import dev.recount.event.StoredEvent;
import java.util.List;

/**
 * A bounded part of what a query finds, from one consistent view of the log.
 *
 * <p>Oldest first, every match up to {@code upTo} is in this page or one before it; go on {@code after} that sequence until a
 * page is complete. Because {@code upTo} also covers events that did not match, a reader of a filtered log gets on, too.
 *
 * <p>Immutable.
 *
 * @param query what was asked
 * @param events what was found, in the order asked for
 * @param upTo the sequence up to which the log was looked through: oldest first, that of the last event of a page that is
 *     not complete; else the head of the log, or {@code until} where that is below it. Never below {@code after}
 * @param complete whether nothing more is to be found in that direction
 */
public record Page(Query query, List<StoredEvent> events, long upTo, boolean complete) {

    /** Copies the events. */
    public Page {
        events = List.copyOf(events);
    }

    /** The condition that nothing this query finds was stored after what this page has looked through. */
    public AppendCondition unchanged() {
        return AppendCondition.noneMatching(query).after(upTo);
    }
}
