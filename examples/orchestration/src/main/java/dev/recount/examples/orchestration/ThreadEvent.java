package dev.recount.examples.orchestration;

import dev.recount.event.EventType;
import dev.recount.event.OccurredAt;
import dev.recount.event.Tag;
import java.time.Instant;

/** What happened to a thread, or to something in it. */
public sealed interface ThreadEvent extends OrchestrationEvent
        permits ThreadEvent.ThreadCreated,
                ThreadEvent.ThreadRenamed,
                ThreadEvent.ThreadArchived,
                ThreadEvent.ThreadUnarchived,
                ThreadEvent.ThreadDeleted,
                TurnEvent,
                CheckpointEvent,
                CommitEvent {

    /** The project that the thread belongs to. */
    String project();

    /** The thread. */
    String thread();

    /** A thread began. */
    @EventType("thread_created")
    record ThreadCreated(
            @Tag("project") String project,
            @Tag("thread") String thread,
            String title,
            @OccurredAt Instant occurredAt) implements ThreadEvent {
        public ThreadCreated {
            Required.components(project, thread, title, occurredAt);
        }
    }

    /** A thread has another title. */
    @EventType("thread_renamed")
    record ThreadRenamed(
            @Tag("project") String project,
            @Tag("thread") String thread,
            String from,
            String title,
            @OccurredAt Instant occurredAt)
            implements ThreadEvent {
        public ThreadRenamed {
            Required.components(project, thread, from, title, occurredAt);
        }
    }

    /** A thread was put away. */
    @EventType("thread_archived")
    record ThreadArchived(
            @Tag("project") String project,
            @Tag("thread") String thread,
            @OccurredAt Instant occurredAt) implements ThreadEvent {
        public ThreadArchived {
            Required.components(project, thread, occurredAt);
        }
    }

    /** A thread was taken out again. */
    @EventType("thread_unarchived")
    record ThreadUnarchived(
            @Tag("project") String project,
            @Tag("thread") String thread,
            @OccurredAt Instant occurredAt) implements ThreadEvent {
        public ThreadUnarchived {
            Required.components(project, thread, occurredAt);
        }
    }

    /** A thread is no more, with its turns, checkpoints and commits. */
    @EventType("thread_deleted")
    record ThreadDeleted(
            @Tag("project") String project,
            @Tag("thread") String thread,
            @OccurredAt Instant occurredAt) implements ThreadEvent {
        public ThreadDeleted {
            Required.components(project, thread, occurredAt);
        }
    }
}
