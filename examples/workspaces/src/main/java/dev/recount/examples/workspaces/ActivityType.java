package dev.recount.examples.workspaces;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an agent can say that it did. */
public enum ActivityType {
    /** It began something. */
    TASK_STARTED,
    /** It finished something. */
    TASK_DONE,
    /** It wrote to another one. */
    MESSAGE_SENT,
    /** It used a tool. */
    TOOL_USED,
    /** Something went wrong. */
    ERROR;

    /** For programs: {@code task_started}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of a word; empty where there is none. */
    public static Optional<ActivityType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
    }
}
