package dev.recount.replay;

import dev.recount.codec.UndecodableEvent;
import dev.recount.internal.FollowLoop;
import dev.recount.internal.StartingState;
import dev.recount.store.EventStore;
import dev.recount.store.EventsRemoved;
import dev.recount.store.LogInfo;
import dev.recount.subscription.Checkpoint;
import dev.recount.subscription.UnusableCheckpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A replay that goes on from head to head. A head is the end of an append, so that is where states are shown; a page may end in the midst
 * of one. The thread of its loop alone changes it; any thread looks at {@link #current}.
 */
final class LiveReplay<S, E> implements FollowLoop.Step {

    private static final int KEPT_PROBLEMS = 100;

    private final EventStore store;
    private final Replay<S, E> replay;
    private final String logId;
    private StartingState<S> next;
    private boolean atAHead;
    private long kept;
    private volatile Replayed<S> current;

    LiveReplay(EventStore store, Replay<S, E> replay) {
        this.store = store;
        this.replay = replay;
        this.logId = store.info().logId();
        this.next = StartingState.initial(replay.initialState());
        this.current = new Replayed<>(next.state(), 0, 0, 0, 0, List.of(), Duration.ZERO);
    }

    Replayed<S> current() {
        return current;
    }

    Verification verify(StateRows<S> rows) {
        Replayed<S> now = current;
        return replay.history(rows).named("the live model").verify(now.state(), now.sequence());
    }

    @Override
    public boolean applyMore(FollowLoop loop) {
        LogInfo before = store.info();
        requireUsable(before);
        if (atAHead && before.head() == next.sequence()) {
            return true;
        }
        beginWhereNothingIsShown(before);
        Optional<Replayed<S>> more = readOn(before, loop);
        more.ifPresent(read -> {
            show(read);
            loop.advance(read.sequence());
        });
        return more.isPresent();
    }

    // Empty where retention removed what was about to be read, and another try can begin after it.
    private Optional<Replayed<S>> readOn(LogInfo before, FollowLoop loop) {
        try {
            Replayed<S> more = replay.alsoStoppingWhen(loop::isStopped).run(next, before.floor(), before.head());
            LogInfo after = store.info();
            requireUsable(after);
            boolean whole = atAHead || after.floor() <= Math.max(before.floor(), next.sequence());
            return whole ? Optional.of(more) : Optional.empty();
        } catch (EventsRemoved e) {
            requireNothingShown(e);
            return Optional.empty();
        }
    }

    private void requireNothingShown(EventsRemoved removed) {
        if (atAHead) {
            requireUsable(store.info());
            throw removed;
        }
    }

    /** Takes a snapshot of what is in none, unless the log is not what it was. */
    void keepLast() {
        try {
            if (atAHead && next.events() > kept) {
                requireUsable(store.info());
                replay.keep(current);
            }
        } catch (RuntimeException logIsGone) {
            // A snapshot is a hint; without this one the next start takes longer.
        }
    }

    private void requireUsable(LogInfo log) {
        UnusableCheckpoint.check(new Checkpoint(logId, atAHead ? next.sequence() : log.floor()), log);
    }

    // Until something is shown, nothing forbids to begin again with what retention has left.
    private void beginWhereNothingIsShown(LogInfo log) {
        if (!atAHead) {
            next = replay.start(log.head());
            kept = next.events();
        }
    }

    private void show(Replayed<S> more) {
        current = added(current, more);
        atAHead = true;
        next = new StartingState<>(more.state(), more.sequence(), more.events());
        if (more.events() - kept >= replay.snapshotInterval()) {
            replay.keep(current);
            kept = more.events();
        }
    }

    private static <S> Replayed<S> added(Replayed<S> known, Replayed<S> more) {
        return new Replayed<>(
                more.state(),
                more.sequence(),
                Math.max(known.after(), more.after()),
                more.events(),
                known.skipped() + more.skipped(),
                added(known.problems(), more.problems()),
                known.took().plus(more.took()));
    }

    private static List<UndecodableEvent> added(List<UndecodableEvent> known, List<UndecodableEvent> more) {
        if (more.isEmpty()) {
            return known;
        }
        List<UndecodableEvent> all = new ArrayList<>(known);
        all.addAll(more);
        return all.subList(0, Math.min(all.size(), KEPT_PROBLEMS));
    }
}
