package dev.recount.examples.workspaces;

import java.util.Locale;

/** What a workspace is doing. */
public enum Status {
    /** It is being set up. */
    PROVISIONING,
    /** It could not be set up. */
    FAILED,
    /** It is alive and well. */
    ONLINE,
    /** It is alive, and too much of what it does fails. */
    DEGRADED,
    /** It has not been heard of for too long. */
    OFFLINE,
    /** It is gone, and nothing can happen to it any more. */
    REMOVED;

    /** For people and tables: {@code online}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of a word. */
    public static Status of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
