package dev.recount.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recount.event.StoredEvent;
import dev.recount.snapshot.Snapshot;
import dev.recount.snapshot.SnapshotKey;
import dev.recount.snapshot.SnapshotProblem;
import dev.recount.snapshot.Snapshots;
import dev.recount.store.EventStore;
import dev.recount.store.LogInfo;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The snapshots of one log: what is in doubt is never given, and nothing fails. Thread-safe. */
public final class LogSnapshots<S> {

    private final EventStore log;
    private final Snapshots<S> settings;

    /** The snapshots of that log. */
    public LogSnapshots(EventStore log, Snapshots<S> settings) {
        this.log = log;
        this.settings = settings;
    }

    /** After how many new events one is taken. */
    public long interval() {
        return settings.interval();
    }

    /** The newest state of a boundary, where it is beyond doubt and not past {@code until}. */
    public Optional<StartingState<S>> find(String boundary, long until) {
        try {
            SnapshotKey key = settings.key(log.info().logId(), boundary);
            Optional<Snapshot> kept = settings.store().newest(key);
            return kept.isPresent() ? restore(kept.get(), key, until) : Optional.empty();
        } catch (RuntimeException e) {
            report("The snapshot of " + boundary + " could not be looked up: " + e, e);
            return Optional.empty();
        }
    }

    /** Keeps a state of a boundary for those who come later. */
    public void save(String boundary, StartingState<S> state) {
        try {
            SnapshotKey key = settings.key(log.info().logId(), boundary);
            Optional<StoredEvent> last = eventAt(state.sequence());
            // Without its last event nobody could ever check it.
            if (last.isPresent()) {
                settings.store().save(snapshot(key, state, last.get()));
            }
        } catch (RuntimeException e) {
            report("The snapshot of " + boundary + " at sequence " + state.sequence() + " could not be taken: " + e, e);
        }
    }

    private Snapshot snapshot(SnapshotKey key, StartingState<S> state, StoredEvent last) {
        String text = settings.codec().encode(state.state());
        if (!UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("The codec of its state writes half a surrogate pair, which has no UTF-8"
                    + " form. Let it write whole characters.");
        }
        String fingerprint = SnapshotFingerprint.of(key, state.events(), text, last);
        return new Snapshot(key, state.sequence(), state.events(), fingerprint, text);
    }

    private Optional<StartingState<S>> restore(Snapshot snapshot, SnapshotKey key, long until) {
        Optional<String> doubt = doubt(snapshot, key);
        if (doubt.isPresent()) {
            discard(snapshot, doubt.get(), null);
            return Optional.empty();
        }
        return snapshot.sequence() <= until ? decode(snapshot) : Optional.empty();
    }

    private Optional<StartingState<S>> decode(Snapshot snapshot) {
        try {
            S state = Objects.requireNonNull(settings.codec().decode(snapshot.state()), "the codec gave null");
            return Optional.of(new StartingState<>(state, snapshot.sequence(), snapshot.events()));
        } catch (RuntimeException e) {
            discard(snapshot, "its state cannot be read (" + e + ")", e);
        } catch (StackOverflowError e) {
            discard(snapshot, "its state is nested too deeply for the stack of this thread", null);
        }
        return Optional.empty();
    }

    // Looks at the log once more: the snapshot may be younger than the look before.
    private Optional<String> doubt(Snapshot snapshot, SnapshotKey key) {
        LogInfo info = log.info();
        long sequence = snapshot.sequence();
        if (!snapshot.key().equals(key) || !info.logId().equals(key.logId())) {
            return Optional.of("it is not that of " + key);
        }
        if (sequence > info.head()) {
            return Optional.of("the log ends at " + info.head());
        }
        if (sequence <= info.floor()) {
            return Optional.of("events up to " + info.floor() + " were removed");
        }
        boolean holds = eventAt(sequence)
                .map(last -> SnapshotFingerprint.of(key, snapshot.events(), snapshot.state(), last))
                .filter(snapshot.fingerprint()::equals)
                .isPresent();
        return holds
                ? Optional.empty()
                : Optional.of("the event at that sequence, or the snapshot's own text, is not what it was");
    }

    private Optional<StoredEvent> eventAt(long sequence) {
        if (sequence == 0) {
            return Optional.empty();
        }
        ReadOptions one =
                ReadOptions.defaults().after(sequence - 1).until(sequence).withLimit(1);
        return log.read(Query.all(), one).events().stream().findFirst();
    }

    // Left where it is, it would keep those of a log that was set back from being kept.
    private void discard(Snapshot snapshot, String reason, @Nullable RuntimeException cause) {
        report("Ignored " + snapshot + ": " + reason + ".", cause);
        settings.store().remove(snapshot);
    }

    private void report(String message, @Nullable RuntimeException cause) {
        settings.report(new SnapshotProblem(message, cause));
    }
}
