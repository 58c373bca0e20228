package dev.recount.snapshot;

/**
 * What a snapshot is of: one state of one projector over one part of one log.
 *
 * <p>Immutable.
 *
 * @param logId the id of the log
 * @param projector the name of the projector
 * @param version the version of the projector, from 1
 * @param boundary the query whose events were projected, and by whom, as a text that no other query has
 */
public record SnapshotKey(String logId, String projector, int version, String boundary) {

    @Override
    public String toString() {
        return projector + " version " + version + " of " + boundary + " in log " + logId;
    }
}
