package dev.recount.store.jdbc;

/**
 * How a step of a read model's work ended. Immutable.
 *
 * @param upTo the sequence up to which its tables have everything
 * @param head the head of the log at that time
 */
public record StepResult(Kind kind, long upTo, long head) {

    /** How it ended. */
    public enum Kind {
        /** There is more to do. */
        MORE,
        /** The live tables have everything, or the build is live. */
        DONE,
        /** The build is as far as the live tables, and is to be compared with them before it goes on. */
        TO_COMPARE,
        /** It failed at an event, or was refused, and goes no further. */
        STOPPED,
        /** The build is done, and readers hold the live tables for now. */
        HELD,
        /** The live tables are of another version. */
        OTHER_VERSION
    }

    static StepResult of(long upTo, long head) {
        return new StepResult(upTo < head ? Kind.MORE : Kind.DONE, upTo, head);
    }
}
