package dev.recount.examples.cli;

/** What a command's exit status says. Scripts rely on these. */
final class ExitStatus {

    /** Done, and equal where something was compared. */
    static final int DONE = 0;

    /** Done, and different. */
    static final int DIFFERENT = 1;

    /** Bad usage or bad input. */
    static final int BAD_INPUT = 2;

    /** The log could not be read. */
    static final int UNREADABLE_LOG = 3;

    private ExitStatus() {}
}
