package dev.recount.examples.workspaces;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A workspace as it is, also one that is gone. Immutable.
 *
 * @param id its id, which no other will ever have
 * @param parentId the one that it stands below; null at the top
 * @param profile what it is
 * @param status what it is doing
 * @param health how it is doing that
 * @param agent who works in it; null where nobody does
 * @param expanded whether it is a team of its children
 * @param forwardedTo where who asks for it is sent, once it is gone; null for nowhere
 * @param since since when it is as it is
 */
public record Workspace(
        String id,
        @Nullable String parentId,
        Profile profile,
        Status status,
        Health health,
        @Nullable Agent agent,
        boolean expanded,
        @Nullable String forwardedTo,
        Instant since) {

    /**
     * What a workspace is. Immutable.
     *
     * @param role what it is for; null where nobody said
     * @param tier from 1, the smallest, to 4
     * @param url where it answers; null until it has been online
     * @param card what its agent says of itself; null until it has been online
     */
    public record Profile(
            String name,
            @Nullable String role,
            int tier,
            @Nullable String url,
            @Nullable AgentCard card) {

        Profile with(Changed change) {
            return switch (change.field()) {
                case "name" -> new Profile(change.now(), role, tier, url, card);
                case "role" -> new Profile(name, change.now(), tier, url, card);
                case "tier" -> new Profile(name, role, Integer.parseInt(change.now()), url, card);
                default -> this;
            };
        }

        Profile with(@Nullable String newUrl, AgentCard newCard) {
            return new Profile(name, role, tier, newUrl, newCard);
        }
    }

    /**
     * How a workspace does. Immutable.
     *
     * @param errorRate how much of what it does fails, from 0 to 1, as of its last change of status
     * @param problem what went wrong; null where nothing is known to
     */
    public record Health(double errorRate, @Nullable String problem) {

        static final Health GOOD = new Health(0, null);
    }

    static Workspace provisioning(String id, @Nullable String parentId, String name, int tier, Instant at) {
        Profile profile = new Profile(name, null, tier, null, null);
        return new Workspace(id, parentId, profile, Status.PROVISIONING, Health.GOOD, null, false, null, at);
    }

    /** Whether it is still there. */
    public boolean isThere() {
        return status != Status.REMOVED;
    }

    /** Its parent's id, or {@link Organisation#TOP}. */
    public String under() {
        return Organisation.under(parentId);
    }

    Workspace now(Status newStatus, Health newHealth, Instant at) {
        return new Workspace(id, parentId, profile, newStatus, newHealth, agent, expanded, forwardedTo, at);
    }

    Workspace with(Profile newProfile, Instant at) {
        return new Workspace(id, parentId, newProfile, status, health, agent, expanded, forwardedTo, at);
    }

    Workspace with(@Nullable Agent newAgent, Instant at) {
        return new Workspace(id, parentId, profile, status, health, newAgent, expanded, forwardedTo, at);
    }

    Workspace below(@Nullable String newParent, Instant at) {
        return new Workspace(id, newParent, profile, status, health, agent, expanded, forwardedTo, at);
    }

    Workspace expanded(boolean isExpanded, Instant at) {
        return new Workspace(id, parentId, profile, status, health, agent, isExpanded, forwardedTo, at);
    }

    Workspace removed(@Nullable String forwarded, Instant at) {
        return new Workspace(id, parentId, profile, Status.REMOVED, health, null, false, forwarded, at);
    }
}
