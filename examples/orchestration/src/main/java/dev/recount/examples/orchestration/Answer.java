package dev.recount.examples.orchestration;

/** What somebody says when a provider asks whether a tool may be used. */
public enum Answer {
    /** This once. */
    ACCEPT,
    /** And that tool from now on in this thread, without being asked again. */
    ACCEPT_FOR_SESSION,
    /** No; the turn goes on without. */
    DECLINE,
    /** No, and the turn is over. */
    CANCEL;

    boolean allows() {
        return this == ACCEPT || this == ACCEPT_FOR_SESSION;
    }
}
