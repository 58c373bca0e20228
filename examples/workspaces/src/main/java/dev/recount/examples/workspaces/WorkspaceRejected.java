package dev.recount.examples.workspaces;

import dev.recount.decider.CommandRejected;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rules of an organisation forbid a command. The ids are there by name, for programs. Immutable. */
public abstract sealed class WorkspaceRejected extends CommandRejected {

    private final transient Map<String, String> ids;

    private WorkspaceRejected(String code, String message, Map<String, String> ids) {
        super(code, message);
        this.ids = Collections.unmodifiableMap(new LinkedHashMap<>(ids));
    }

    /** What it is about, by name: {@code workspace_id}, {@code agent_id}, {@code target_id}. */
    public final Map<String, String> ids() {
        return ids;
    }

    private static Map<String, String> workspace(String id) {
        return Map.of("workspace_id", id);
    }

    private static Map<String, String> workspace(String id, String name, String other) {
        Map<String, String> ids = new LinkedHashMap<>(workspace(id));
        ids.put(name, other);
        return ids;
    }

    /** There never was such a workspace. */
    public static final class WorkspaceNotFound extends WorkspaceRejected {
        WorkspaceNotFound(String workspace) {
            super(
                    "WORKSPACE_NOT_FOUND",
                    "There is no workspace '" + workspace + "'. Provision it first, or check the id.",
                    workspace(workspace));
        }
    }

    /** The workspace is gone for good. */
    public static final class WorkspaceRemoved extends WorkspaceRejected {
        WorkspaceRemoved(String workspace) {
            super(
                    "WORKSPACE_REMOVED",
                    "Workspace '" + workspace + "' was removed, and nothing happens to it any more. Use another one.",
                    workspace(workspace));
        }
    }

    /** The id is taken. */
    public static final class WorkspaceExists extends WorkspaceRejected {
        WorkspaceExists(String workspace) {
            super(
                    "WORKSPACE_EXISTS",
                    "There is a workspace '" + workspace + "' already. Choose another id.",
                    workspace(workspace));
        }
    }

    /** The parent never was. */
    public static final class ParentNotFound extends WorkspaceRejected {
        ParentNotFound(String workspace, String parent) {
            super(
                    "PARENT_NOT_FOUND",
                    "Workspace '" + workspace + "' cannot stand below '" + parent
                            + "', which does not exist. Name a workspace that does, or none for the top.",
                    workspace(workspace, "target_id", parent));
        }
    }

    /** The parent is gone for good. */
    public static final class ParentRemoved extends WorkspaceRejected {
        ParentRemoved(String workspace, String parent) {
            super(
                    "PARENT_REMOVED",
                    "Workspace '" + workspace + "' cannot stand below '" + parent
                            + "', which was removed. Name a workspace that is there, or none for the top.",
                    workspace(workspace, "target_id", parent));
        }
    }

    /** The parent is the workspace itself, or stands below it. */
    public static final class UnderItself extends WorkspaceRejected {
        UnderItself(String workspace, String parent) {
            super(
                    "UNDER_ITSELF",
                    "Workspace '" + workspace + "' cannot stand below '" + parent
                            + "', which is part of it. Move that one out of it first, or name another.",
                    workspace(workspace, "target_id", parent));
        }
    }

    /** A removed workspace is forwarded to one that cannot stand in for it. */
    public static final class CannotForward extends WorkspaceRejected {
        CannotForward(String workspace, String to) {
            super(
                    "CANNOT_FORWARD",
                    "Who asks for workspace '" + workspace + "' cannot be sent to '" + to
                            + "', which is not there, or goes with it. Name one that stays.",
                    workspace(workspace, "target_id", to));
        }
    }

    /** What was asked for only happens to a workspace in another status. */
    public static final class WrongStatus extends WorkspaceRejected {
        WrongStatus(String workspace, Status status, String wanted) {
            super(
                    "WRONG_STATUS",
                    "Workspace '" + workspace + "' is " + status.word() + ", and this is for one that is " + wanted
                            + ". Wait until it is, or leave it.",
                    workspace(workspace, "status", status.word()));
        }
    }

    /** The workspace is a team already. */
    public static final class AlreadyExpanded extends WorkspaceRejected {
        AlreadyExpanded(String workspace) {
            super(
                    "ALREADY_EXPANDED",
                    "Workspace '" + workspace + "' is expanded already. Provision further children one by one.",
                    workspace(workspace));
        }
    }

    /** The workspace is no team. */
    public static final class NotExpanded extends WorkspaceRejected {
        NotExpanded(String workspace) {
            super(
                    "NOT_EXPANDED",
                    "Workspace '" + workspace + "' is not expanded. Remove its children one by one.",
                    workspace(workspace));
        }
    }

    /** An agent is active in the workspace. */
    public static final class WorkspaceOccupied extends WorkspaceRejected {
        WorkspaceOccupied(String workspace, String agent) {
            super(
                    "WORKSPACE_OCCUPIED",
                    "Agent '" + agent + "' is active in workspace '" + workspace
                            + "', and there is room for one. Replace it, or remove it first.",
                    workspace(workspace, "agent_id", agent));
        }
    }

    /** No agent is active in the workspace. */
    public static final class AgentNotFound extends WorkspaceRejected {
        AgentNotFound(String workspace) {
            super(
                    "AGENT_NOT_FOUND",
                    "No agent is active in workspace '" + workspace + "'. Assign one first.",
                    workspace(workspace));
        }
    }

    /** The agent is active in another workspace. */
    public static final class AgentElsewhere extends WorkspaceRejected {
        AgentElsewhere(String workspace, String agent, String elsewhere) {
            super(
                    "AGENT_ELSEWHERE",
                    "Agent '" + agent + "' cannot begin in workspace '" + workspace + "' while it is active in '"
                            + elsewhere + "'. Move it, or remove it there first.",
                    Map.of("workspace_id", workspace, "agent_id", agent, "target_id", elsewhere));
        }
    }

    /** A value is like none that there can be. */
    public static final class BadValue extends WorkspaceRejected {
        BadValue(String workspace, String field, String value, String right) {
            super(
                    "BAD_VALUE",
                    "'" + value + "' is no " + field + ". Give " + right + ".",
                    workspace(workspace, "field", field));
        }
    }
}
