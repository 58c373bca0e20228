package dev.recount.examples.changefeed;

import dev.recount.event.EventType;
import dev.recount.event.OccurredAt;
import dev.recount.event.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a project. Each event tells all that it changes as it is now, so whoever has the events has the projects, and an event
 * that is told again changes nothing.
 */
public sealed interface WorkEvent {

    /** The project. */
    String project();

    /** When, by the clock of whoever did it. */
    Instant occurredAt();

    /** A project is kept here from now on. */
    @EventType("project_registered")
    record ProjectRegistered(
            @Tag("project") String project,
            String name,
            @OccurredAt Instant occurredAt) implements WorkEvent {}

    /** A session began. */
    @EventType("session_created")
    record SessionCreated(
            @Tag("project") String project,
            @Tag("session") String session,
            String title,
            SessionStatus status,
            @OccurredAt Instant occurredAt)
            implements WorkEvent {}

    /** A session is this now. */
    @EventType("session_updated")
    record SessionUpdated(
            @Tag("project") String project,
            @Tag("session") String session,
            String title,
            SessionStatus status,
            @OccurredAt Instant occurredAt)
            implements WorkEvent {}

    /** A pull request was opened. */
    @EventType("pr_created")
    record PrCreated(
            @Tag("project") String project,
            @Tag("pr") String pr,
            @Tag("session") @Nullable String session,
            String title,
            String commit,
            @OccurredAt Instant occurredAt)
            implements WorkEvent {}

    /** A pull request is this now. */
    @EventType("pr_updated")
    record PrUpdated(
            @Tag("project") String project,
            @Tag("pr") String pr,
            @Tag("session") @Nullable String session,
            String title,
            String commit,
            PrStatus status,
            @OccurredAt Instant occurredAt)
            implements WorkEvent {}

    /** A check said this. */
    @EventType("pr_check_recorded")
    record PrCheckRecorded(
            @Tag("project") String project,
            @Tag("pr") String pr,
            @Tag("session") @Nullable String session,
            Check check,
            @OccurredAt Instant occurredAt)
            implements WorkEvent {}

    /** A pull request went from one session to another; both see it. */
    @EventType("pr_session_changed")
    record PrSessionChanged(
            @Tag("project") String project,
            @Tag("pr") String pr,
            @Tag("session") @Nullable String from,
            @Tag("session") @Nullable String to,
            @OccurredAt Instant occurredAt)
            implements WorkEvent {}

    /** A reviewer said something. */
    @EventType("pr_review_thread_added")
    record PrReviewThreadAdded(
            @Tag("project") String project,
            @Tag("pr") String pr,
            @Tag("session") @Nullable String session,
            ReviewThread thread,
            @OccurredAt Instant occurredAt)
            implements WorkEvent {}

    /** What a reviewer said is settled. */
    @EventType("pr_review_thread_resolved")
    record PrReviewThreadResolved(
            @Tag("project") String project,
            @Tag("pr") String pr,
            @Tag("session") @Nullable String session,
            String thread,
            @OccurredAt Instant occurredAt)
            implements WorkEvent {}
}
