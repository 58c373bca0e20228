package dev.recount.testkit;

import dev.recount.snapshot.Snapshot;
import dev.recount.snapshot.SnapshotKey;
import dev.recount.snapshot.SnapshotStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The newest snapshot of one replay, and why there is none. Not thread-safe: a replay uses it on its own thread. */
final class KeptSnapshot implements SnapshotStore {

    private @Nullable Snapshot kept;
    private @Nullable String problem;

    void fail(String why) {
        problem = problem == null ? why : problem;
    }

    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public Optional<Snapshot> newest(SnapshotKey key) {
        return Optional.ofNullable(kept).filter(snapshot -> snapshot.key().equals(key));
    }

    @Override
    public void save(Snapshot snapshot) {
        kept = snapshot;
    }

    @Override
    public void remove(Snapshot snapshot) {
        kept = null;
    }
}
