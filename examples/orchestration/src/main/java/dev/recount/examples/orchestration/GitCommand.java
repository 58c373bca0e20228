package dev.recount.examples.orchestration;

import dev.recount.store.Query;
import java.time.Instant;

/**
 * Commands about checkpoints and commits. Who asks for one has no reference in git yet: only who has made it can tell, by a command that
 * records it.
 */
public sealed interface GitCommand extends ThreadCommand {

    /** Asks for the project's files to be kept as they are after a turn. */
    record RequestCheckpoint(String thread, String turn, String checkpoint, Instant occurredAt) implements GitCommand {
        public RequestCheckpoint {
            Required.texts(thread, turn, checkpoint);
            Required.components(occurredAt);
        }

        @Override
        public Query boundary() {
            return Boundaries.threadAndNew(thread, "checkpoint", checkpoint);
        }
    }

    /** Tells that they are kept, and under which commit. */
    record RecordCheckpoint(String thread, String checkpoint, String gitRef, Instant occurredAt) implements GitCommand {
        public RecordCheckpoint {
            Required.texts(thread, checkpoint);
            Required.components(gitRef, occurredAt);
        }
    }

    /** Tells that they cannot be kept. */
    record FailCheckpoint(String thread, String checkpoint, String reason, Instant occurredAt) implements GitCommand {
        public FailCheckpoint {
            Required.texts(thread, checkpoint);
            Required.components(reason, occurredAt);
        }
    }

    /** Goes back to a checkpoint: what came after it in the thread is no more. */
    record RevertToCheckpoint(String thread, String checkpoint, Instant occurredAt) implements GitCommand {
        public RevertToCheckpoint {
            Required.texts(thread, checkpoint);
            Required.components(occurredAt);
        }
    }

    /** Asks for what a turn changed to be committed. */
    record RequestCommit(String thread, String turn, String commit, String message, Instant occurredAt)
            implements GitCommand {
        public RequestCommit {
            Required.texts(thread, turn, commit, message);
            Required.components(occurredAt);
        }

        @Override
        public Query boundary() {
            return Boundaries.threadAndNew(thread, "commit", commit);
        }
    }

    /** Tells that it is committed. */
    record RecordCommit(String thread, String commit, String gitRef, Instant occurredAt) implements GitCommand {
        public RecordCommit {
            Required.texts(thread, commit);
            Required.components(gitRef, occurredAt);
        }
    }

    /** Tells that it cannot be committed. */
    record FailCommit(String thread, String commit, String reason, Instant occurredAt) implements GitCommand {
        public FailCommit {
            Required.texts(thread, commit);
            Required.components(reason, occurredAt);
        }
    }
}
