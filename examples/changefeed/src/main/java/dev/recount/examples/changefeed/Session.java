package dev.recount.examples.changefeed;

/** Somebody's work on a project. Immutable. */
public record Session(String project, String id, String title, SessionStatus status) {

    /** Whether it can change no more. */
    public boolean hasEnded() {
        return status == SessionStatus.ENDED;
    }
}
