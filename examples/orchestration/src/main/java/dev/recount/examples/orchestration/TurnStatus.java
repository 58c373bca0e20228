package dev.recount.examples.orchestration;

import java.util.Locale;

/** Where a turn stands. */
public enum TurnStatus {
    /** The agent is at work. */
    RUNNING,
    /** The agent waits until somebody says whether it may use a tool. */
    AWAITING_APPROVAL,
    /** Done. */
    COMPLETED,
    /** It came to nothing. */
    FAILED,
    /** It was ended before it was done. */
    INTERRUPTED;

    /** Whether it is over. */
    public boolean isOver() {
        return this != RUNNING && this != AWAITING_APPROVAL;
    }

    /** The word in tables and on boards, such as {@code awaiting_approval}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
