package dev.recount.examples.orchestration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a turn changed, committed. Immutable.
 *
 * @param id the id that it was asked for under
 * @param thread the thread
 * @param turn the turn
 * @param message its message
 * @param outcome what became of it
 * @param gitRef the commit of git; null until it is there
 * @param reason why there is none; null where nobody said
 * @param since since when it is as it is
 */
public record GitCommit(
        String id,
        String thread,
        String turn,
        String message,
        GitOutcome outcome,
        @Nullable String gitRef,
        @Nullable String reason,
        Instant since) {

    static GitCommit requested(String id, String thread, String turn, String message, Instant at) {
        return new GitCommit(id, thread, turn, message, GitOutcome.REQUESTED, null, null, at);
    }

    GitCommit done(String ref, Instant at) {
        return new GitCommit(id, thread, turn, message, GitOutcome.DONE, ref, null, at);
    }

    GitCommit failed(String why, Instant at) {
        return new GitCommit(id, thread, turn, message, GitOutcome.FAILED, null, why, at);
    }
}
