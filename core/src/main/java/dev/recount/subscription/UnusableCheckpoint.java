package dev.recount.subscription;

import dev.recount.store.LogInfo;

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
