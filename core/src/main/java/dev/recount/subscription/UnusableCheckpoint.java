package dev.recount.subscription;

import dev.recount.store.EventStore;
import dev.recount.store.LogInfo;
import dev.recount.store.StoreUnavailable;

/** A checkpoint from which a log cannot be read on without loss or repetition. Rebuild from the start of the log instead. */
public final class UnusableCheckpoint extends IllegalStateException {

    /** Why a checkpoint cannot be used. */
    public enum Reason {
        /** The log is not the one that the checkpoint was made on: its file was replaced. */
        OTHER_LOG,
        /** The log ends before the checkpoint: an older file was restored. */
        AHEAD_OF_HEAD,
        /** Retention has removed events that come after the checkpoint. */
        BELOW_FLOOR
    }

    private final Reason reason;

    private UnusableCheckpoint(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /**
     * Refuses a checkpoint from which a log cannot be read on. A log that follows another one, and has not come as far, may be read on from
     * there later.
     *
     * @throws UnusableCheckpoint with the reason
     * @throws StoreUnavailable where the log cannot be read now, or has not come as far
     */
    public static void check(Checkpoint checkpoint, EventStore store) {
        LogInfo log = store.info();
        boolean isAhead = checkpoint.logId().equals(log.logId()) && checkpoint.sequence() > log.head();
        check(checkpoint, isAhead && store.chainAt(checkpoint.sequence()).isPresent() ? store.info() : log);
    }

    /**
     * Refuses a checkpoint from which a log cannot be read on.
     *
     * @throws UnusableCheckpoint with the reason
     */
    public static void check(Checkpoint checkpoint, LogInfo log) {
        String rebuild = " Rebuild from the start of the log.";
        if (!checkpoint.logId().equals(log.logId())) {
            throw new UnusableCheckpoint(
                    Reason.OTHER_LOG,
                    "The checkpoint is of log " + checkpoint.logId() + ", this is log " + log.logId() + "." + rebuild);
        }
        if (checkpoint.sequence() > log.head()) {
            throw new UnusableCheckpoint(
                    Reason.AHEAD_OF_HEAD,
                    "The checkpoint is at sequence " + checkpoint.sequence() + ", but the log ends at " + log.head()
                            + ": an older copy was restored." + rebuild);
        }
        if (checkpoint.sequence() < log.floor()) {
            throw new UnusableCheckpoint(
                    Reason.BELOW_FLOOR,
                    "The checkpoint is at sequence " + checkpoint.sequence() + ", but events up to " + log.floor()
                            + " were removed by retention." + rebuild);
        }
    }
}
