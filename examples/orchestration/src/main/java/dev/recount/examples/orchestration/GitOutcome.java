package dev.recount.examples.orchestration;

import java.util.Locale;

/** What became of something that was wanted of git. */
public enum GitOutcome {
    /** Nothing yet. */
    REQUESTED,
    /** It was done. */
    DONE,
    /** It could not be done. */
    FAILED;

    /** The word on boards. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
