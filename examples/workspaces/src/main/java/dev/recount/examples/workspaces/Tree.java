package dev.recount.examples.workspaces;

import java.util.List;
import java.util.function.Function;

/** An organisation as people draw it. */
public final class Tree {

    private Tree() {}

    /** What is there, each workspace on a line below its parent. */
    public static String of(Organisation organisation) {
        return drawn(
                organisation.childrenOf(Organisation.TOP),
                organisation::childrenOf,
                id -> organisation.workspace(id).map(Tree::line).orElse(id));
    }

    /**
     * Draws a tree.
     *
     * @param tops what has nothing above it
     */
    static <T> String drawn(List<T> tops, Function<T, List<T>> below, Function<T, String> line) {
        StringBuilder text = new StringBuilder();
        for (T top : tops) {
            draw(text, top, new Indent("", "", ""), new Drawing<>(below, line));
        }
        return text.toString();
    }

    private record Drawing<T>(Function<T, List<T>> below, Function<T, String> line) {}

    private record Indent(String before, String own, String after) {}

    private static <T> void draw(StringBuilder text, T node, Indent indent, Drawing<T> drawing) {
        text.append(indent.before)
                .append(indent.own)
                .append(drawing.line.apply(node))
                .append('\n');
        List<T> below = drawing.below.apply(node);
        String before = indent.before + indent.after;
        for (int i = 0; i < below.size(); i++) {
            boolean last = i == below.size() - 1;
            Indent next = last ? new Indent(before, "└─ ", "   ") : new Indent(before, "├─ ", "│  ");
            draw(text, below.get(i), next, drawing);
        }
    }

    static String line(Workspace workspace) {
        Agent agent = workspace.agent();
        String who = agent == null ? "" : "  " + agent.id() + " on " + agent.model();
        String problem = workspace.health().problem();
        String what = problem == null || workspace.status() == Status.ONLINE ? "" : ": " + problem;
        return workspace.profile().name() + " (" + workspace.id() + ")  "
                + workspace.status().word() + what + who;
    }
}
