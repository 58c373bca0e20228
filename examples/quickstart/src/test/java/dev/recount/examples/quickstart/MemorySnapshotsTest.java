package dev.recount.examples.quickstart;

import dev.recount.snapshot.SnapshotStore;
import dev.recount.store.memory.MemorySnapshots;
import dev.recount.testkit.SnapshotStoreContract;

/** The sample of the snapshot store contract, run. */
class MemorySnapshotsTest extends SnapshotStoreContract {
    private final MemorySnapshots snapshots = MemorySnapshots.create();

    @Override
    protected SnapshotStore open() {
        return snapshots;
    }
}
