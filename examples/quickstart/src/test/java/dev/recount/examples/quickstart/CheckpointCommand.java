package dev.recount.examples.quickstart;

/** What may be asked for, and what an effect reports. */
sealed interface CheckpointCommand {

    String bead();

    /** Asks for a checkpoint. */
    record RequestCheckpoint(String bead, String text) implements CheckpointCommand {}

    /** Reports that there is one. */
    record RecordCheckpoint(String bead, String reference) implements CheckpointCommand {}
}
