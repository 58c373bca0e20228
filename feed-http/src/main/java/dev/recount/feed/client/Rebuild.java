package dev.recount.feed.client;

import dev.recount.codec.EventCodec;
import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.Projector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Projects what a follower tells, a piece of the stream at a time, since some projectors pay once for a batch. The follower's thread changes
 * it; any thread looks at the current state and waits.
 */
final class Rebuild<S, E> implements FeedObserver {

    private static final int KEPT_PROBLEMS = 100;

    private final EventCodec<E> codec;
    private final Projector<S, E> projector;
    private final List<Piece<E>> gathered = new ArrayList<>();
    private String cursor;
    private volatile RemoteState<S> current;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Long> applied = new HashMap<>();
    private boolean ended;
    private @Nullable Throwable failure;

    Rebuild(EventCodec<E> codec, Projector<S, E> projector) {
        this.codec = codec;
        this.projector = projector;
        this.cursor = FeedClient.cursor(FollowFrom.START);
        this.current = initial();
    }

    /**
     * What was told of one stored event. Immutable.
     *
     * @param events what it stands for; throws where that cannot be known
     */
    private record Piece<E>(String rig, long sequence, Supplier<List<E>> events) {}

    RemoteState<S> current() {
        return current;
    }

    boolean awaitSequence(String rig, long wanted, Duration timeout) throws InterruptedException {
        long nanos = TimeUnit.NANOSECONDS.convert(timeout);
        lock.lockInterruptibly();
        try {
            while (applied.getOrDefault(rig, 0L) < wanted) {
                requireRunning(rig, wanted);
                if (nanos <= 0) {
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void event(FedEvent event) {
        gathered.add(new Piece<>(event.rig(), event.stored().sequence(), () -> codec.decode(event.stored())));
        cursor = event.cursor();
    }

    @Override
    public void unreadable(String rig, long sequence, String type, String newCursor) {
        gathered.add(new Piece<>(rig, sequence, () -> {
            throw UndecodableEvent.withoutContent(
                    sequence, type, "the feed sent it without its content. See the log of its server");
        }));
        cursor = newCursor;
    }

    @Override
    public void reached(String newCursor) {
        cursor = newCursor;
    }

    @Override
    public void drained() {
        List<E> events = new ArrayList<>();
        List<UndecodableEvent> problems = new ArrayList<>();
        for (Piece<E> piece : gathered) {
            try {
                events.addAll(piece.events().get());
            } catch (UndecodableEvent e) {
                problems.add(e);
            }
        }
        show(added(projector.projectAll(current.state(), events), problems));
        gathered.clear();
    }

    @Override
    public FollowFrom reset(String reason, String message) {
        gathered.clear();
        cursor = FeedClient.cursor(FollowFrom.START);
        lock.lock();
        try {
            applied.clear();
            current = initial();
        } finally {
            lock.unlock();
        }
        return FollowFrom.START;
    }

    @Override
    public void ended(Optional<Throwable> cause) {
        lock.lock();
        try {
            ended = true;
            failure = cause.orElse(null);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private RemoteState<S> initial() {
        return new RemoteState<>(projector.initialState(), cursor, 0, 0, List.of());
    }

    private RemoteState<S> added(S state, List<UndecodableEvent> problems) {
        List<UndecodableEvent> all = new ArrayList<>(current.problems());
        all.addAll(problems);
        return new RemoteState<>(
                state,
                cursor,
                current.events() + gathered.size() - problems.size(),
                current.skipped() + problems.size(),
                all.subList(0, Math.min(all.size(), KEPT_PROBLEMS)));
    }

    private void show(RemoteState<S> next) {
        lock.lock();
        try {
            current = next;
            gathered.forEach(piece -> applied.put(piece.rig(), piece.sequence()));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void requireRunning(String rig, long wanted) {
        if (ended) {
            throw new IllegalStateException(
                    "The remote model ended before sequence " + wanted + " of rig " + rig
                            + (failure == null ? ": it was closed." : ": " + failure),
                    failure);
        }
    }
}
