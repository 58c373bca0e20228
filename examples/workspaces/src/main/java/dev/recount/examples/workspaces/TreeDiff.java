package dev.recount.examples.workspaces;

import dev.recount.replay.RowChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What became of an organisation between two moments, as one tree: what is there stands where it stands now, what is gone where it stood.
 * Immutable.
 *
 * @param tops what has nothing above it
 */
public record TreeDiff(List<Node> tops) {

    /** Copies the nodes. */
    public TreeDiff {
        tops = List.copyOf(tops);
    }

    /** What became of one workspace. */
    public enum Kind {
        /** It is what it was. */
        SAME(' '),
        /** Something of it changed. */
        CHANGED('~'),
        /** It stands elsewhere. */
        MOVED('>'),
        /** It is new. */
        ADDED('+'),
        /** It is gone. */
        REMOVED('-');

        private final char mark;

        Kind(char mark) {
            this.mark = mark;
        }
    }

    /**
     * One workspace, and what is or was below it. Immutable.
     *
     * @param workspace as it is, or as it was where it is gone
     * @param changes what is different, without since when
     * @param below by id
     */
    public record Node(Workspace workspace, Kind kind, List<RowChange.Field> changes, List<Node> below) {

        /** Copies both lists. */
        public Node {
            changes = List.copyOf(changes);
            below = List.copyOf(below);
        }

        private boolean isAllTheSame() {
            return kind == Kind.SAME && below.stream().allMatch(Node::isAllTheSame);
        }

        private String line() {
            String what = changes.stream().map(RowChange.Field::toString).collect(Collectors.joining(", "));
            String line = kind.mark + " " + Tree.line(workspace);
            return kind == Kind.CHANGED || kind == Kind.MOVED ? line + "  [" + what + "]" : line;
        }
    }

    /** What became of one organisation until it was the other. */
    public static TreeDiff between(Organisation before, Organisation after) {
        return new TreeDiff(new Building(before, after).below(Organisation.TOP));
    }

    /** Whether nothing is different. */
    public boolean isEmpty() {
        return tops.stream().allMatch(Node::isAllTheSame);
    }

    /** The node of a workspace; empty where it was there at neither moment. */
    public Optional<Node> node(String id) {
        return find(tops, id);
    }

    private static Optional<Node> find(List<Node> nodes, String id) {
        return nodes.stream()
                .flatMap(node ->
                        node.workspace().id().equals(id) ? Optional.of(node).stream() : find(node.below(), id).stream())
                .findFirst();
    }

    /** A line for each workspace, marked with what became of it: {@code +}, {@code -}, {@code >} and {@code ~}. */
    @Override
    public String toString() {
        return Tree.drawn(tops, Node::below, Node::line);
    }

    /** What goes below what, taken from both moments. */
    private static final class Building {

        private final Organisation before;
        private final Organisation after;
        private final Map<String, List<String>> below = new TreeMap<>();

        Building(Organisation before, Organisation after) {
            this.before = before;
            this.after = after;
            Map<String, Workspace> all = new TreeMap<>();
            before.workspaces().forEach(workspace -> put(workspace, all));
            after.workspaces().forEach(workspace -> put(workspace, all));
            all.forEach((id, workspace) -> below.computeIfAbsent(workspace.under(), any -> new ArrayList<>())
                    .add(id));
        }

        private static void put(Workspace workspace, Map<String, Workspace> all) {
            if (workspace.isThere()) {
                all.put(workspace.id(), workspace);
            }
        }

        List<Node> below(String id) {
            return below.getOrDefault(id, List.of()).stream().map(this::node).toList();
        }

        private Node node(String id) {
            Workspace was = there(before, id);
            Workspace is = there(after, id);
            List<Node> nodesBelow = below(id);
            if (is == null) {
                return new Node(Objects.requireNonNull(was), Kind.REMOVED, List.of(), nodesBelow);
            }
            if (was == null) {
                return new Node(is, Kind.ADDED, List.of(), nodesBelow);
            }
            List<RowChange.Field> changes = changes(was, is);
            boolean isMoved = !Objects.equals(was.parentId(), is.parentId());
            Kind kind = isMoved ? Kind.MOVED : changes.isEmpty() ? Kind.SAME : Kind.CHANGED;
            return new Node(is, kind, changes, nodesBelow);
        }

        private static @Nullable Workspace there(Organisation organisation, String id) {
            return organisation.workspace(id).filter(Workspace::isThere).orElse(null);
        }

        private static List<RowChange.Field> changes(Workspace was, Workspace is) {
            Map<String, @Nullable Object> now = WorkspaceRows.fields(is);
            return WorkspaceRows.fields(was).entrySet().stream()
                    .filter(field -> !field.getKey().equals("since"))
                    .filter(field -> !Objects.equals(field.getValue(), now.get(field.getKey())))
                    .map(field -> new RowChange.Field(field.getKey(), field.getValue(), now.get(field.getKey())))
                    .toList();
        }
    }
}
