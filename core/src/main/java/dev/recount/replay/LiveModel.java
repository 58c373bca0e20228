package dev.recount.replay;

import dev.recount.codec.UndecodableEvent;
import dev.recount.internal.FollowLoop;
import dev.recount.store.EventStore;
import dev.recount.subscription.UnusableCheckpoint;
import java.time.Duration;
import java.util.Optional;

/**
 * A read model in memory that is kept current: a replay that does not end.
 *
 * <p>What the log holds already and what comes is read in one way, so catching up is as fast as a replay. Reading the state takes no
 * lock. What it shows is always the log as it was at some moment: a state is shown when everything that was stored at that moment is
 * in it, so never a part of an append, and before the first such moment the initial state.
 *
 * <pre>{@code
 * try (LiveModel<Map<String, String>> plan = log.replay(new SeatPlan()).live()) {
 *     Outcome<SeatEvent> outcome = seats.handle(new TakeSeat("12A", "Ada"));
 *     if (plan.whenApplied(outcome.appended().last(), Duration.ofSeconds(30))) {
 *         guest = plan.state().get("12A");     // what was written just now
 *     }
 * }
 * }</pre>
 *
 * <p>An event that cannot be decoded is left out, counted and reported, unless the replay is strict. A model that cannot go on stops and
 * keeps its last state, with the reason in {@link #failure}: a projector that fails, an event that a strict one cannot decode, a log
 * that was replaced or set back, or from which retention removed what the model had not read; all but the first two are noticed within a minute.
 * While the store is unavailable it waits and tries again. Nothing but its own snapshots survives it: start another one when the cause is
 * mended.
 *
 * <p>With snapshots it takes one when enough events are new, and one when it is closed; so close it before its store.
 *
 * <p>Thread-safe, as long as the state is immutable.
 *
 * @param <S> the state
 */
public final class LiveModel<S> implements AutoCloseable {

    private final EventStore store;
    private final LiveReplay<S, ?> replay;
    private final FollowLoop loop;
    private final Thread thread;

    private LiveModel(EventStore store, LiveReplay<S, ?> replay, FollowLoop loop, Thread thread) {
        this.store = store;
        this.replay = replay;
        this.loop = loop;
        this.thread = thread;
    }

    static <S, E> LiveModel<S> start(EventStore store, Replay<S, E> history) {
        LiveReplay<S, E> replay = new LiveReplay<>(store, history);
        // Below every sequence: a model of an empty log is caught up only when it has looked.
        FollowLoop loop = new FollowLoop(store, "live model", -1, replay);
        Thread thread = new Thread(() -> follow(loop, replay), "recount-live-model");
        thread.setDaemon(true);
        thread.start();
        return new LiveModel<>(store, replay, loop, thread);
    }

    private static void follow(FollowLoop loop, LiveReplay<?, ?> replay) {
        loop.run();
        if (loop.failure().isEmpty()) {
            replay.keepLast();
        }
    }

    /** The state, as of some moment not long ago. Never waits. */
    public S state() {
        return current().state();
    }

    /**
     * The state together with the sequence that it was computed up to, and what was counted on the way; {@code took} is the time that
     * it took to compute, without the waiting. Never waits.
     */
    public Replayed<S> current() {
        return replay.current();
    }

    /**
     * Waits until everything is applied that is stored when this is called.
     *
     * @return whether it is; false when the time is over
     * @throws IllegalStateException where the model stopped before, with its {@link #failure} as the cause
     * @throws InterruptedException where the waiting thread is interrupted
     */
    public boolean whenCaughtUp(Duration timeout) throws InterruptedException {
        return whenApplied(store.info().head(), timeout);
    }

    /**
     * Waits until everything up to {@code sequence} is applied, so that whoever wrote it reads it.
     *
     * @return whether it is; false when the time is over
     * @throws IllegalStateException where the model stopped before, with its {@link #failure} as the cause
     * @throws InterruptedException where the waiting thread is interrupted
     */
    public boolean whenApplied(long sequence, Duration timeout) throws InterruptedException {
        return loop.awaitSequence(sequence, timeout);
    }

    /**
     * Whether the state is what its events say: rebuilds it from the start of the log, on the calling thread, up to the sequence that the model
     * is at now, and compares all rows. The model and the writers go on meanwhile.
     *
     * @see StateHistory#verify
     */
    public Verification verify(StateRows<S> rows) {
        return replay.verify(rows);
    }

    /**
     * What stopped the model; empty while it runs or when it was closed. An {@link UndecodableEvent} and an {@link UnusableCheckpoint} say
     * more.
     */
    public Optional<Throwable> failure() {
        return loop.failure();
    }

    /** Whether it is kept current. */
    public boolean isRunning() {
        return loop.isRunning();
    }

    /** Stops; the last state can still be read. Closing again does nothing. */
    @Override
    public void close() {
        loop.stop(thread);
    }
}
