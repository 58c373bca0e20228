package dev.recount.examples.workspaces;

/** What is looked after when its time has come. */
sealed interface Alarm {

    /** The workspace. */
    String workspaceId();

    /** Setting it up takes too long, unless it is up. */
    record NotUpYet(String workspaceId) implements Alarm {}

    /** It is silent for too long, unless it was heard of meanwhile. */
    record Silent(String workspaceId) implements Alarm {}
}
