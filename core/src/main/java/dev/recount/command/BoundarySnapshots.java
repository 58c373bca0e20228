package dev.recount.command;

import dev.recount.internal.BoundaryText;
import dev.recount.internal.LogSnapshots;
import dev.recount.internal.StartingState;
import dev.recount.snapshot.Snapshots;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The snapshots of a handler's boundaries, taken behind the decisions' backs, one at a time. Thread-safe. */
final class BoundarySnapshots<S> {

    private static final long DEFAULT_STACK_SIZE = 0;

    private final @Nullable LogSnapshots<S> snapshots;
    private final AtomicBoolean saving = new AtomicBoolean();

    private BoundarySnapshots(@Nullable LogSnapshots<S> snapshots) {
        this.snapshots = snapshots;
    }

    static <S> BoundarySnapshots<S> of(EventStore store, @Nullable Snapshots<S> settings) {
        return new BoundarySnapshots<>(settings == null ? null : new LogSnapshots<>(store, settings));
    }

    Optional<KnownState<S>> find(Query boundary) {
        return snapshots == null
                ? Optional.empty()
                : snapshots
                        .find(BoundaryText.ofDecision(boundary), Long.MAX_VALUE)
                        .map(kept -> new KnownState<>(kept.state(), kept.sequence(), kept.events(), kept.events()));
    }

    /** Begins to take a snapshot where one is due and none is being taken; whether it did. */
    boolean take(Query boundary, KnownState<S> known) {
        return snapshots != null
                && known.newEvents() >= snapshots.interval()
                && saving.compareAndSet(false, true)
                && start(() -> save(snapshots, boundary, known));
    }

    private void save(LogSnapshots<S> into, Query boundary, KnownState<S> known) {
        try {
            into.save(
                    BoundaryText.ofDecision(boundary),
                    new StartingState<>(known.state(), known.upTo(), known.events()));
        } finally {
            saving.set(false);
        }
    }

    // The thread inherits nothing, and keeps no program from ending.
    private boolean start(Runnable saver) {
        try {
            Thread thread = new Thread(null, saver, "recount-snapshot", DEFAULT_STACK_SIZE, false);
            thread.setDaemon(true);
            thread.start();
            return true;
        } catch (OutOfMemoryError noThreadLeft) {
            // The decision has been made; it must not fail because there is no room for a hint.
            saving.set(false);
            return false;
        }
    }
}
