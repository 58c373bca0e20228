package dev.recount.feed;

import dev.recount.event.Tags;
import dev.recount.store.Query;
import dev.recount.town.RigEvent;
import java.util.Optional;

/**
 * What a stream shows. Immutable.
 *
 * @param rig the rig; empty for every rig of a town
 */
record Sight(Optional<String> rig, Query query) {

    /** Whether a stream has to look, which then reads what the store finds; so it has to where nobody can tell. */
    boolean mayShow(RigEvent found) {
        Tags tags = found.event().tags();
        return !StandardEventJson.areReadable(tags)
                || shows(found.rig(), found.event().type(), tags);
    }

    boolean shows(String ofRig, String type, Tags tags) {
        return (rig.isEmpty() || rig.get().equals(ofRig)) && query.matches(type, tags);
    }
}
