package dev.recount.store.sqlite;

import dev.recount.snapshot.SnapshotStore;
import dev.recount.testkit.SnapshotStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteSnapshotsContractTest extends SnapshotStoreContract {

    @TempDir
    Path folder;

    @Override
    protected SnapshotStore open() {
        return SqliteSnapshots.open(folder.resolve("snapshots.db"));
    }
}
