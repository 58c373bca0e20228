package dev.recount.store.memory;

import dev.recount.snapshot.Snapshot;
import dev.recount.snapshot.SnapshotKey;
import dev.recount.snapshot.SnapshotStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Snapshots in memory, for tests and prototypes: none of them outlives the program.
 *
 * <p>Thread-safe.
 */
public final class MemorySnapshots implements SnapshotStore {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<SnapshotKey, Snapshot> snapshots = new HashMap<>();

    private MemorySnapshots() {}

    /** Holds none yet. */
    public static MemorySnapshots create() {
        return new MemorySnapshots();
    }

    @Override
    public Optional<Snapshot> newest(SnapshotKey key) {
        lock.lock();
        try {
            return Optional.ofNullable(snapshots.get(key));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void save(Snapshot snapshot) {
        lock.lock();
        try {
            snapshots.keySet().removeIf(key -> isLowerVersion(key, snapshot.key()));
            snapshots.merge(
                    snapshot.key(), snapshot, (kept, saved) -> saved.sequence() >= kept.sequence() ? saved : kept);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void remove(Snapshot snapshot) {
        lock.lock();
        try {
            snapshots.remove(snapshot.key(), snapshot);
        } finally {
            lock.unlock();
        }
    }

    private static boolean isLowerVersion(SnapshotKey key, SnapshotKey than) {
        return key.version() < than.version()
                && key.logId().equals(than.logId())
                && key.projector().equals(than.projector())
                && key.boundary().equals(than.boundary());
    }
}
