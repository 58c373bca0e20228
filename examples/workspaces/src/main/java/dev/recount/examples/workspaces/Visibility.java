package dev.recount.examples.workspaces;

import dev.recount.feed.FeedPolicy;
import dev.recount.feed.FeedRefused;
import dev.recount.feed.FeedRequest;
import dev.recount.store.Query;
import java.util.function.Supplier;

/**
 * The canvas sees all; an agent sees its workspace, what is below and above it, and what stands beside it.
 *
 * <p>Every event says under which workspace it happened. So what stands around a workspace is a query of four parts, which holds as well for
 * what comes there later, and the store restricts what is read by it. It only has to be made anew where the agent itself comes to stand
 * elsewhere, or its workspace does. Thread-safe.
 */
final class Visibility implements FeedPolicy {

    private static final Query MOVES = Query.ofTypes(
            "WORKSPACE_MOVED", "WORKSPACE_REMOVED", "AGENT_ASSIGNED", "AGENT_MOVED", "AGENT_REPLACED", "AGENT_REMOVED");

    private final Keys keys;
    private final Supplier<Organisation> organisation;

    /**
     * By these keys.
     *
     * @param organisation as it is after everything that is stored
     */
    Visibility(Keys keys, Supplier<Organisation> organisation) {
        this.keys = keys;
        this.organisation = organisation;
    }

    @Override
    public Query visibleTo(FeedRequest request) {
        return keys.caller(request) instanceof Caller.OfAgent agent ? around(agent.agentId()) : Query.all();
    }

    @Override
    public Query changedBy() {
        return MOVES;
    }

    /** Whether a workspace, which may be gone, is one that an agent sees. */
    static boolean isAround(Organisation organisation, String agentId, String id) {
        return organisation
                .placeOf(agentId)
                .map(place -> place.id().equals(id)
                        || place.under().equals(id)
                        || organisation
                                .workspace(id)
                                .map(Workspace::under)
                                .filter(under -> under.equals(place.id()) || under.equals(place.under()))
                                .isPresent())
                .orElse(false);
    }

    private Query around(String agentId) {
        return organisation
                .get()
                .placeOf(agentId)
                .map(Visibility::around)
                .orElseThrow(() -> FeedRefused.forbidden("Agent '" + agentId
                                + "' is active in no workspace, so it sees none. Have it assigned to one.")
                        .with("agent_id", agentId));
    }

    private static Query around(Workspace workspace) {
        Query itself = Query.tagged("workspace_id", workspace.id());
        Query children = Query.tagged("under", workspace.id());
        Query siblings = Query.tagged("under", workspace.under());
        Query near = itself.or(children).or(siblings);
        return workspace.parentId() == null ? near : near.or(Query.tagged("workspace_id", workspace.parentId()));
    }
}
