package dev.recount.examples.orchestration;

import org.jspecify.annotations.Nullable;

/**
 * A part of what an agent said and did in a turn: a stretch of text or of thinking, or the use of a tool. Immutable.
 *
 * @param kind which of these
 * @param text what was said or thought; the input of a tool
 * @param tool the use of a tool; null where it is none
 */
public record Entry(Kind kind, String text, @Nullable ToolUse tool) {

    /** What an entry is. */
    public enum Kind {
        /** The answer. */
        TEXT,
        /** What was thought on the way. */
        THINKING,
        /** The use of a tool. */
        TOOL
    }

    /**
     * A tool that is or was used. Immutable.
     *
     * @param id the id of this use, by which its result is found
     * @param name the tool
     * @param output what it gave; null until then
     * @param failed whether it failed
     */
    public record ToolUse(String id, String name, @Nullable String output, boolean failed) {}

    static Entry toolUse(String id, String name, String input) {
        return new Entry(Kind.TOOL, input, new ToolUse(id, name, null, false));
    }

    Entry continued(String more) {
        return new Entry(kind, text + more, tool);
    }

    boolean isUse(String toolCall) {
        return tool != null && tool.id().equals(toolCall);
    }

    Entry returned(String output, boolean failed) {
        return tool == null ? this : new Entry(kind, text, new ToolUse(tool.id(), tool.name(), output, failed));
    }
}
