package dev.recount.snapshot;

import java.util.Optional;

/**
 * Where snapshots are kept: the port that stores implement. {@code SnapshotStoreContract} of the testkit checks what it promises.
 *
 * <p>It keeps one snapshot for each key, the newest, and looks into none. Whatever it holds can be computed from the log again: it may
 * lose any of it at any time. It must never give back another text than it was given.
 *
 * <p>Whatever it throws is reported by those who use it and fails no decision. A look-up is in the way of a decision, so it should rather
 * fail than wait. Thread-safe.
 */
public interface SnapshotStore {

    /** The snapshot of exactly this key. */
    Optional<Snapshot> newest(SnapshotKey key);

    /**
     * Keeps a snapshot in the place of the one of its key, unless that has a higher sequence; and forgets those of lower versions that
     * are otherwise of the same.
     */
    void save(Snapshot snapshot);

    /** Forgets a snapshot, unless another one has taken its place. */
    void remove(Snapshot snapshot);
}
