package dev.recount.feed;

import dev.recount.event.Tags;
import dev.recount.store.Query;
import dev.recount.town.RigEvent;
import java.util.Optional;

/**
 * What a stream shows. Immutable.
 *
 * @param rig the rig; empty for every rig of a town
 * @param changes what it does not show, but after which it may show something else
 */
record Sight(Optional<String> rig, Query query, Query changes) {

    /** One that stays as it is. */
    Sight(Optional<String> rig, Query query) {
        this(rig, query, Query.none());
    }

    /** Whether a stream has to look, which then reads what the store finds; so it has to where nobody can tell. */
    boolean mayShow(RigEvent found) {
        Tags tags = found.event().tags();
        String type = found.event().type();
        return !StandardEventJson.areReadable(tags)
                || shows(found.rig(), type, tags)
                || (isOf(found.rig()) && changes.matches(type, tags));
    }

    boolean shows(String ofRig, String type, Tags tags) {
        return isOf(ofRig) && query.matches(type, tags);
    }

    private boolean isOf(String ofRig) {
        return rig.isEmpty() || rig.get().equals(ofRig);
    }
}
