package dev.recount.transfer;

/** Who may append to a log where it is stored. */
public enum Standing {
    /** Whoever wants to. */
    OPEN,
    /** Nobody: it was moved, and what is stored here is only read. */
    SEALED,
    /** Nobody but who copies it here from its source. */
    COPY
}
