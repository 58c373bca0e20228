package dev.recount.examples.orchestration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The files of a project as they were after a turn. Immutable.
 *
 * @param id its id
 * @param thread the thread
 * @param turn the turn
 * @param outcome what became of it
 * @param gitRef the commit that keeps the files; null until it is there
 * @param reason why there is none; null where nobody said
 * @param since since when it is as it is
 */
public record Checkpoint(
        String id,
        String thread,
        String turn,
        GitOutcome outcome,
        @Nullable String gitRef,
        @Nullable String reason,
        Instant since) {

    static Checkpoint requested(String id, String thread, String turn, Instant at) {
        return new Checkpoint(id, thread, turn, GitOutcome.REQUESTED, null, null, at);
    }

    Checkpoint done(String ref, Instant at) {
        return new Checkpoint(id, thread, turn, GitOutcome.DONE, ref, null, at);
    }

    Checkpoint failed(String why, Instant at) {
        return new Checkpoint(id, thread, turn, GitOutcome.FAILED, null, why, at);
    }
}
