package dev.recount.store.memory;

import dev.recount.snapshot.Snapshot;
import dev.recount.snapshot.SnapshotKey;
import dev.recount.snapshot.SnapshotStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** What a snapshot store can get wrong, all of which the contract must notice. */
enum SnapshotFault {
    FORGETS_WHAT_IT_SAVED,
    TAKES_ONE_VERSION_FOR_ANOTHER,
    TAKES_ONE_LOG_FOR_ANOTHER,
    LETS_AN_OLDER_ONE_REPLACE_A_NEWER_ONE,
    NEVER_REPLACES,
    KEEPS_LOWER_VERSIONS,
    REMOVES_WHATEVER_IS_THERE,
    CUTS_LONG_STATES,
    TEARS_A_SNAPSHOT_WHILE_IT_SAVES,
    NONE;

    SnapshotStore store() {
        return new Faulty(this);
    }

    private static final class Faulty implements SnapshotStore {

        private final ReentrantLock lock = new ReentrantLock();
        private final Map<SnapshotKey, Snapshot> snapshots = new HashMap<>();
        private final SnapshotFault fault;

        Faulty(SnapshotFault fault) {
            this.fault = fault;
        }

        @Override
        public Optional<Snapshot> newest(SnapshotKey key) {
            lock.lock();
            try {
                return Optional.ofNullable(snapshots.get(seen(key))).map(kept -> withKey(kept, key));
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void save(Snapshot snapshot) {
            if (fault == FORGETS_WHAT_IT_SAVED) {
                return;
            }
            if (fault == TEARS_A_SNAPSHOT_WHILE_IT_SAVES) {
                put(withState(snapshot, ""));
                LockSupport.parkNanos(100_000);
            }
            put(
                    fault == CUTS_LONG_STATES && snapshot.state().length() > 1_000_000
                            ? withState(snapshot, snapshot.state().substring(0, 1_000_000))
                            : snapshot);
        }

        private void put(Snapshot snapshot) {
            lock.lock();
            try {
                if (fault != KEEPS_LOWER_VERSIONS) {
                    snapshots.keySet().removeIf(key -> isLowerVersion(key, snapshot.key()));
                }
                snapshots.merge(seen(snapshot.key()), snapshot, this::kept);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void remove(Snapshot snapshot) {
            lock.lock();
            try {
                if (fault == REMOVES_WHATEVER_IS_THERE) {
                    snapshots.remove(seen(snapshot.key()));
                } else {
                    snapshots.remove(seen(snapshot.key()), snapshot);
                }
            } finally {
                lock.unlock();
            }
        }

        private Snapshot kept(Snapshot old, Snapshot now) {
            return switch (fault) {
                case NEVER_REPLACES -> old;
                case LETS_AN_OLDER_ONE_REPLACE_A_NEWER_ONE -> now;
                default -> now.sequence() >= old.sequence() ? now : old;
            };
        }

        private SnapshotKey seen(SnapshotKey key) {
            return switch (fault) {
                case TAKES_ONE_VERSION_FOR_ANOTHER -> new SnapshotKey(key.logId(), key.projector(), 1, key.boundary());
                case TAKES_ONE_LOG_FOR_ANOTHER ->
                    new SnapshotKey("log", key.projector(), key.version(), key.boundary());
                default -> key;
            };
        }

        private static boolean isLowerVersion(SnapshotKey key, SnapshotKey than) {
            return key.version() < than.version()
                    && key.equals(new SnapshotKey(than.logId(), than.projector(), key.version(), than.boundary()));
        }

        private static Snapshot withKey(Snapshot snapshot, SnapshotKey key) {
            return new Snapshot(key, snapshot.sequence(), snapshot.events(), snapshot.fingerprint(), snapshot.state());
        }

        private static Snapshot withState(Snapshot snapshot, String state) {
            return new Snapshot(snapshot.key(), snapshot.sequence(), snapshot.events(), snapshot.fingerprint(), state);
        }
    }
}
