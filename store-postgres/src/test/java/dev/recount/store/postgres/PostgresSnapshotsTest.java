package dev.recount.store.postgres;

import dev.recount.snapshot.SnapshotStore;
import dev.recount.testkit.SnapshotStoreContract;

class PostgresSnapshotsTest extends SnapshotStoreContract {

    private final PostgresOptions options = Server.options();

    @Override
    protected SnapshotStore open() {
        return PostgresSnapshots.open(Server.dataSource(), options);
    }
}
