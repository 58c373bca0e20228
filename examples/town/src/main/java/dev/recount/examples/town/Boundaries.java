package dev.recount.examples.town;

import dev.recount.store.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What decisions rest on beyond their own bead and agent. */
final class Boundaries {

    private Boundaries() {}

    static Query beadAndParent(String bead, @Nullable String parent) {
        Query own = Query.tagged("bead", bead);
        return parent == null ? own : own.or(Query.tagged("bead", parent));
    }

    /** All that may take an agent's id, name or role. */
    static Query identity(String agent, String name, Role role) {
        Query own = Query.tagged("agent", agent).or(Query.tagged("name", name));
        return role.isSingle() ? own.or(Query.tagged("role", role.word())) : own;
    }

    /**
     * Everything that says which beads are parts of others, what they say of themselves and who holds them. Wide, but deleting is rare; and
     * the same for every bead, so that one state that is kept serves them all.
     */
    static Query families() {
        return Query.ofTypes(
                "created",
                "observed",
                "convoy_created",
                "renamed",
                "fields_updated",
                "escalated",
                "status_changed",
                "closed",
                "deleted",
                "hooked",
                "unhooked",
                "mail_sent",
                "mail_delivered");
    }

    /** A convoy and those of its beads that its own rig can speak of. */
    static Query convoy(String bead, List<TrackedBead> beads) {
        return beads.stream()
                .filter(TrackedBead::isLocal)
                .map(tracked -> Query.tagged("bead", tracked.bead()))
                .reduce(Query.tagged("bead", bead), Query::or);
    }

    static Query mailbox(String recipient) {
        return Query.tagged("agent", recipient).and(Query.ofTypes("mail_sent", "mail_delivered", "deleted"));
    }
}
