package dev.recount.snapshot;

/**
 * A state as it was at one sequence of a log, as text, with what tells whether it still holds.
 *
 * <p>Immutable.
 *
 * @param key what it is of
 * @param sequence the sequence up to which events went into it
 * @param events how many stored events these were
 * @param fingerprint SHA-256 in hexadecimal over all of this and over the event that the log had at that sequence
 * @param state the state, as its {@link StateCodec} writes it
 */
public record Snapshot(SnapshotKey key, long sequence, long events, String fingerprint, String state) {

    /** Without the state, which may be long. */
    @Override
    public String toString() {
        return "the snapshot of " + key + " at sequence " + sequence;
    }
}
