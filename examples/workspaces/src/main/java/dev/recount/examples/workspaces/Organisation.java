package dev.recount.examples.workspaces;

import io.vavr.collection.HashMap;
import io.vavr.collection.TreeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All workspaces, as a tree or several, and those that are gone.
 *
 * <p>The next one shares with this one what did not change. Immutable.
 */
public final class Organisation {

    /** What stands at the top stands under this; no workspace can have it for an id. */
    public static final String TOP = "/";

    private static final Organisation EMPTY = new Organisation(HashMap.empty(), HashMap.empty(), HashMap.empty());

    private final HashMap<String, Workspace> workspaces;
    // Of what is there; both follow from the workspaces.
    private final HashMap<String, TreeSet<String>> children;
    private final HashMap<String, String> placeOfAgent;

    private Organisation(
            HashMap<String, Workspace> workspaces,
            HashMap<String, TreeSet<String>> children,
            HashMap<String, String> placeOfAgent) {
        this.workspaces = workspaces;
        this.children = children;
        this.placeOfAgent = placeOfAgent;
    }

    /** Before the first workspace. */
    public static Organisation empty() {
        return EMPTY;
    }

    /** Of these workspaces. */
    public static Organisation of(Iterable<Workspace> workspaces) {
        Organisation organisation = EMPTY;
        for (Workspace workspace : workspaces) {
            organisation = organisation.with(workspace);
        }
        return organisation;
    }

    static String under(@Nullable String parentId) {
        return parentId == null ? TOP : parentId;
    }

    /** The workspace of that id, also one that is gone. */
    public Optional<Workspace> workspace(String id) {
        return workspaces.get(id).toJavaOptional();
    }

    /** The ids of all workspaces, also of those that are gone. */
    public Set<String> ids() {
        return workspaces.keySet().toJavaSet();
    }

    /** All workspaces, also those that are gone, in no order. */
    public Iterable<Workspace> workspaces() {
        return workspaces.values();
    }

    /** The ids of those that stand directly below a workspace, or at the {@link #TOP}, in their order. */
    public List<String> childrenOf(String id) {
        return children.get(id).map(TreeSet::toJavaList).map(List::copyOf).getOrElse(List.of());
    }

    /** The ids of all that stand below a workspace, the deepest first: no one comes after its parent. */
    public List<String> belowOf(String id) {
        List<String> below = new ArrayList<>();
        for (String child : childrenOf(id)) {
            below.addAll(belowOf(child));
            below.add(child);
        }
        return below;
    }

    /** Whether a workspace is another one, or stands somewhere below it. */
    public boolean isPartOf(String id, String whole) {
        String current = id;
        while (!current.equals(whole) && !current.equals(TOP)) {
            current = workspace(current).map(Workspace::under).orElse(TOP);
        }
        return current.equals(whole);
    }

    /** The workspace in which an agent is active; empty where it is in none. */
    public Optional<Workspace> placeOf(String agentId) {
        return placeOfAgent.get(agentId).toJavaOptional().flatMap(this::workspace);
    }

    Organisation with(Workspace workspace) {
        Workspace before = workspaces.get(workspace.id()).getOrNull();
        return new Organisation(
                workspaces.put(workspace.id(), workspace),
                childrenWith(before, workspace),
                agentsWith(before, workspace));
    }

    private HashMap<String, TreeSet<String>> childrenWith(@Nullable Workspace before, Workspace now) {
        HashMap<String, TreeSet<String>> changed = children;
        if (before != null && before.isThere()) {
            TreeSet<String> left =
                    changed.get(before.under()).getOrElse(TreeSet.empty()).remove(before.id());
            changed = left.isEmpty() ? changed.remove(before.under()) : changed.put(before.under(), left);
        }
        return now.isThere()
                ? changed.put(
                        now.under(),
                        changed.get(now.under()).getOrElse(TreeSet.empty()).add(now.id()))
                : changed;
    }

    private HashMap<String, String> agentsWith(@Nullable Workspace before, Workspace now) {
        Agent was = before == null ? null : before.agent();
        Agent is = now.agent();
        HashMap<String, String> changed = was == null ? placeOfAgent : placeOfAgent.remove(was.id());
        return is == null ? changed : changed.put(is.id(), now.id());
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof Organisation other && workspaces.equals(other.workspaces);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(workspaces);
    }

    @Override
    public String toString() {
        return workspaces.values().sortBy(Workspace::id).mkString("\n");
    }
}
