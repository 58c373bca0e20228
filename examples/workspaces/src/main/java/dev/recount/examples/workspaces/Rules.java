package dev.recount.examples.workspaces;

import dev.recount.examples.workspaces.WorkspaceRejected.BadValue;
import dev.recount.examples.workspaces.WorkspaceRejected.ParentNotFound;
import dev.recount.examples.workspaces.WorkspaceRejected.ParentRemoved;
import dev.recount.examples.workspaces.WorkspaceRejected.WorkspaceNotFound;
import dev.recount.examples.workspaces.WorkspaceRejected.WorkspaceRemoved;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What several decisions ask for. */
final class Rules {

    private static final int MOST_TIER = 4;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private Rules() {}

    /** A workspace that is there. */
    static Workspace workspace(Organisation organisation, String id) {
        Workspace found = organisation.workspace(id).orElseThrow(() -> new WorkspaceNotFound(id));
        if (!found.isThere()) {
            throw new WorkspaceRemoved(id);
        }
        return found;
    }

    /** Refuses a parent that is not there; none is the top. */
    static void requireParent(Organisation organisation, String id, @Nullable String parentId) {
        if (parentId != null) {
            Workspace parent = organisation.workspace(parentId).orElseThrow(() -> new ParentNotFound(id, parentId));
            if (!parent.isThere()) {
                throw new ParentRemoved(id, parentId);
            }
        }
    }

    /** Refuses an id that no workspace, or no agent, can have. */
    static void requireId(String workspaceId, String field, String id) {
        if (!ID.matcher(id).matches()) {
            throw new BadValue(workspaceId, field, id, "1 to 64 letters, digits, dots, underscores or hyphens");
        }
    }

    static void requireText(String workspaceId, String field, String text) {
        if (text.isBlank()) {
            throw new BadValue(workspaceId, field, text, "some text");
        }
    }

    static void requireTier(String workspaceId, int tier) {
        if (tier < 1 || tier > MOST_TIER) {
            throw new BadValue(workspaceId, "tier", Integer.toString(tier), "1 to " + MOST_TIER);
        }
    }
}
