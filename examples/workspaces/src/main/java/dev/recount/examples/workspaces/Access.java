package dev.recount.examples.workspaces;

import dev.recount.feed.FeedRefused;
import dev.recount.feed.FeedRequest;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;

/** Who may ask for what. What a caller does not see is refused as what is not there is. Thread-safe. */
final class Access {

    private static final ReadOptions ONE = ReadOptions.defaults().withLimit(1);

    private final Headquarters headquarters;

    Access(Headquarters headquarters) {
        this.headquarters = headquarters;
    }

    void requireCanvas(FeedRequest request) {
        if (!(caller(request) instanceof Caller.Canvas)) {
            throw FeedRefused.forbidden("This shows or changes the whole organisation, and an agent sees a part of it."
                    + " Ask with the key of the canvas.");
        }
    }

    /** Refuses a workspace that the caller does not see. */
    void requireSees(FeedRequest request, String id) {
        if (caller(request) instanceof Caller.OfAgent agent
                && !Visibility.isAround(headquarters.now(), agent.agentId(), id)) {
            throw new WorkspaceRejected.WorkspaceNotFound(id);
        }
    }

    /** The events of a workspace; it is refused where the caller sees none of them. */
    Query eventsOf(FeedRequest request, String id) {
        Query events = eventsOf(id);
        if (!isStored(headquarters.visibility().visibleTo(request).and(events))) {
            throw new WorkspaceRejected.WorkspaceNotFound(id);
        }
        return events;
    }

    /** Who asks, which must be the agent that is active in a workspace. */
    Caller requireAgentOf(FeedRequest request, String id) {
        Caller caller = caller(request);
        boolean isIts = caller instanceof Caller.OfAgent agent
                && headquarters
                        .now()
                        .placeOf(agent.agentId())
                        .filter(place -> place.id().equals(id))
                        .isPresent();
        if (!isIts) {
            requireThere(caller, id);
            throw FeedRefused.of(
                            403,
                            "SPOOFED_SOURCE",
                            "Only the agent that is active in workspace '" + id
                                    + "' can speak for it. Send it as that agent.")
                    .with("workspace_id", id);
        }
        return caller;
    }

    // Whose workspace is gone is told that, and not that it is another's.
    private void requireThere(Caller caller, String id) {
        if (!(caller instanceof Caller.OfAgent agent) || wasIn(agent.agentId(), id)) {
            Rules.workspace(headquarters.now(), id);
        }
    }

    private boolean wasIn(String agentId, String id) {
        return isStored(eventsOf(id).and(Query.tagged("agent_id", agentId)));
    }

    // What can be no tag, as a blank text, is no workspace's id.
    private static Query eventsOf(String id) {
        try {
            return Query.tagged("workspace_id", id);
        } catch (IllegalArgumentException e) {
            throw new WorkspaceRejected.WorkspaceNotFound(id);
        }
    }

    private boolean isStored(Query events) {
        return !headquarters.store().read(events, ONE).events().isEmpty();
    }

    private Caller caller(FeedRequest request) {
        return headquarters.keys().caller(request);
    }
}
