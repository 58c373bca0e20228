package dev.recount.store.memory;

import dev.recount.snapshot.SnapshotStore;
import dev.recount.testkit.SnapshotStoreContract;

class MemorySnapshotsTest extends SnapshotStoreContract {

    private final MemorySnapshots snapshots = MemorySnapshots.create();

    @Override
    protected SnapshotStore open() {
        return snapshots;
    }
}
