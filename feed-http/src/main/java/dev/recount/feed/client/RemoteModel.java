package dev.recount.feed.client;

import dev.recount.codec.EventCodec;
import dev.recount.decider.Projector;
import java.time.Duration;
import java.util.Optional;

/**
 * A read model in memory that is rebuilt from a feed alone, in a program that has no access to the log, and kept current.
 *
 * <p>It applies every event of the feed once, in order, over all connections. When the feed is reset it forgets its state and begins again at
 * the start. An event that cannot be decoded, or came without its content, is left out, counted and reported. The state is that after some event not long ago;
 * it may be in the midst of an append, since a stream does not tell where one ends. Reading it takes no lock.
 *
 * <p>It stops, and keeps its last state, where the feed {@linkplain UnusableFeed cannot be followed} or the projector fails.
 *
 * <p>Thread-safe, as long as the state is immutable.
 *
 * @param <S> the state
 */
public final class RemoteModel<S> implements AutoCloseable {

    private final Rebuild<S, ?> rebuild;
    private final FeedFollower follower;

    private RemoteModel(Rebuild<S, ?> rebuild, FeedFollower follower) {
        this.rebuild = rebuild;
        this.follower = follower;
    }

    static <S, E> RemoteModel<S> start(FeedClient feed, EventCodec<E> codec, Projector<S, E> projector) {
        Rebuild<S, E> rebuild = new Rebuild<>(codec, projector);
        return new RemoteModel<>(rebuild, feed.follow(FollowFrom.START, rebuild));
    }

    /** The state. Never waits. */
    public S state() {
        return current().state();
    }

    /** The state together with its cursor and what was counted on the way. Never waits. */
    public RemoteState<S> current() {
        return rebuild.current();
    }

    /**
     * Waits until an event of this sequence or a later one is applied, so that whoever wrote it reads it. An event that the feed does not
     * show this client is not waited for successfully.
     *
     * @param rig the rig whose log the sequence is of
     * @return whether it is; false when the time is over
     * @throws IllegalStateException where the model stopped before, with its {@link #failure} as the cause
     * @throws InterruptedException where the waiting thread is interrupted
     */
    public boolean whenApplied(String rig, long sequence, Duration timeout) throws InterruptedException {
        return rebuild.awaitSequence(rig, sequence, timeout);
    }

    /** What stopped the model; empty while it runs or when it was closed. */
    public Optional<Throwable> failure() {
        return follower.failure();
    }

    /** Whether it is kept current. */
    public boolean isRunning() {
        return follower.isRunning();
    }

    /** Stops; the last state can still be read. Closing again does nothing. */
    @Override
    public void close() {
        follower.close();
    }
}
