package dev.recount.examples.orchestration;

import dev.recount.event.EventType;
import dev.recount.event.OccurredAt;
import dev.recount.event.Tag;
import java.time.Instant;
import java.util.List;

/** What happened about a checkpoint: the files of a project as they were after a turn. */
public sealed interface CheckpointEvent extends ThreadEvent {

    /** The checkpoint. */
    String checkpoint();

    /** The files are to be kept. An intent: there is no reference yet. */
    @EventType("checkpoint_requested")
    record CheckpointRequested(
            @Tag("project") String project,
            @Tag("thread") String thread,
            @Tag("turn") String turn,
            @Tag("checkpoint") String checkpoint,
            @OccurredAt Instant occurredAt)
            implements CheckpointEvent {
        public CheckpointRequested {
            Required.components(project, thread, turn, checkpoint, occurredAt);
        }
    }

    /** They are kept, under this commit. */
    @EventType("checkpoint_created")
    record CheckpointCreated(
            @Tag("project") String project,
            @Tag("thread") String thread,
            @Tag("turn") String turn,
            @Tag("checkpoint") String checkpoint,
            String gitRef,
            @OccurredAt Instant occurredAt)
            implements CheckpointEvent {
        public CheckpointCreated {
            Required.components(project, thread, turn, checkpoint, gitRef, occurredAt);
        }
    }

    /** They could not be kept. */
    @EventType("checkpoint_failed")
    record CheckpointFailed(
            @Tag("project") String project,
            @Tag("thread") String thread,
            @Tag("turn") String turn,
            @Tag("checkpoint") String checkpoint,
            String reason,
            @OccurredAt Instant occurredAt)
            implements CheckpointEvent {
        public CheckpointFailed {
            Required.components(project, thread, turn, checkpoint, reason, occurredAt);
        }
    }

    /** The thread went back to a checkpoint; these turns, and all else that came after it, are no more. */
    @EventType("reverted_to_checkpoint")
    record RevertedToCheckpoint(
            @Tag("project") String project,
            @Tag("thread") String thread,
            @Tag("checkpoint") String checkpoint,
            String gitRef,
            @Tag("turn") List<String> removedTurns,
            @OccurredAt Instant occurredAt)
            implements CheckpointEvent {
        public RevertedToCheckpoint {
            Required.components(project, thread, checkpoint, gitRef, removedTurns, occurredAt);
            removedTurns = List.copyOf(removedTurns);
        }
    }
}
