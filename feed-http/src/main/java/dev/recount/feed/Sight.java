package dev.recount.feed;

import dev.recount.event.Tags;
import dev.recount.store.Query;
import java.util.Optional;

/**
 * What a stream shows. Immutable.
 *
 * @param rig the rig; empty for every rig of a town
 */
record Sight(Optional<String> rig, Query query) {

    boolean shows(String ofRig, String type, Tags tags) {
        return (rig.isEmpty() || rig.get().equals(ofRig)) && query.matches(type, tags);
    }
}
