package dev.recount.snapshot;

import org.jspecify.annotations.Nullable;

/**
 * Why a snapshot was not used, or not taken. Nothing failed for it: the state was computed from the events.
 *
 * <p>Immutable.
 *
 * @param message what happened, and to which snapshot
 * @param cause the failure of the store or the codec; null where a check found the snapshot in doubt
 */
public record SnapshotProblem(String message, @Nullable RuntimeException cause) {

    /** The message. */
    @Override
    public String toString() {
        return message;
    }
}
