package dev.recount.examples.orchestration;

import dev.recount.event.EventType;
import dev.recount.event.OccurredAt;
import dev.recount.event.Tag;
import java.time.Instant;

/** What happened about a commit of what a turn changed. */
public sealed interface CommitEvent extends ThreadEvent {

    /** The commit, by the id that it was asked for under. */
    String commit();

    /** The changes are to be committed. An intent: there is no reference yet. */
    @EventType("commit_requested")
    record CommitRequested(
            @Tag("project") String project,
            @Tag("thread") String thread,
            @Tag("turn") String turn,
            @Tag("commit") String commit,
            String message,
            @OccurredAt Instant occurredAt)
            implements CommitEvent {
        public CommitRequested {
            Required.components(project, thread, turn, commit, message, occurredAt);
        }
    }

    /** They are committed, as this commit of git. */
    @EventType("changes_committed")
    record ChangesCommitted(
            @Tag("project") String project,
            @Tag("thread") String thread,
            @Tag("turn") String turn,
            @Tag("commit") String commit,
            String gitRef,
            @OccurredAt Instant occurredAt)
            implements CommitEvent {
        public ChangesCommitted {
            Required.components(project, thread, turn, commit, gitRef, occurredAt);
        }
    }

    /** They could not be committed. */
    @EventType("commit_failed")
    record CommitFailed(
            @Tag("project") String project,
            @Tag("thread") String thread,
            @Tag("turn") String turn,
            @Tag("commit") String commit,
            String reason,
            @OccurredAt Instant occurredAt)
            implements CommitEvent {
        public CommitFailed {
            Required.components(project, thread, turn, commit, reason, occurredAt);
        }
    }
}
