package dev.recount.examples.orchestration.git;

/** What is wanted of git. */
public sealed interface GitIntent {

    /** The project, in whose folder it is to be done. */
    String project();

    /** The thread. */
    String thread();

    /** Keeps the files as they are. */
    record TakeCheckpoint(String project, String thread, String checkpoint) implements GitIntent {}

    /** Commits what has changed, on the branch that is checked out. */
    record MakeCommit(String project, String thread, String commit, String message) implements GitIntent {}

    /** Makes the files what they were at a checkpoint. */
    record RestoreFiles(String project, String thread, String gitRef) implements GitIntent {}
}
