package dev.recount.feed;

import dev.recount.event.StoredEvent;
import dev.recount.town.RigEvent;
import java.util.List;

/**
 * What was read at once. Immutable.
 *
 * @param control frames that go before the events; empty where there are none
 * @param complete whether nothing more is to be had now
 */
record Part(String control, List<RigEvent> events, boolean complete) {

    /** Whether there is an event that a stream shows. */
    boolean hasAnyFor(Sight sight) {
        for (RigEvent found : events) {
            if (sight.mayShow(found)) {
                return true;
            }
        }
        return false;
    }

    static Part ofRig(String rig, List<StoredEvent> events, boolean complete) {
        return new Part(
                "", events.stream().map(event -> new RigEvent(rig, event)).toList(), complete);
    }
}
