package dev.recount.subscription;

import dev.recount.event.StoredEvent;
import dev.recount.internal.FollowLoop;
import dev.recount.store.EventStore;
import dev.recount.store.LogInfo;
import dev.recount.store.StoreUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gives every event of a log to a listener, in order, once: what is stored already and then what comes, as one loop.
 *
 * <p>The log is the only buffer, so a slow listener is just behind; it harms neither writers nor other listeners. Within one
 * run nothing is skipped and nothing is repeated. A listener that throws ends the subscription, with the checkpoint before the
 * event it failed on; start another one from there when the cause is mended. While the store is unavailable the subscription
 * waits and tries again. Where retention removes events that it has not read, it ends with an {@link UnusableCheckpoint}.
 *
 * <pre>{@code
 * try (Subscription subscription = Subscription.start(
 *         store, SubscriptionOptions.defaults().from(saved), event -> index.add(event))) {
 *     subscription.awaitSequence(appended.last(), Duration.ofSeconds(60));
 * }
 * }</pre>
 *
 * <p>Thread-safe. The listener is called from one thread at a time.
 */
public final class Subscription implements AutoCloseable {

    private final String logId;
    private final FollowLoop loop;
    private final Thread thread;

    private Subscription(String logId, FollowLoop loop, Thread thread) {
        this.logId = logId;
        this.loop = loop;
        this.thread = thread;
    }

    /**
     * Starts a subscription.
     *
     * @throws UnusableCheckpoint where the log cannot be read on from the given checkpoint
     * @throws StoreUnavailable where the log cannot be read now, or follows another one and has not come as far as the checkpoint
     */
    public static Subscription start(
            EventStore store, SubscriptionOptions options, Consumer<? super StoredEvent> listener) {
        LogInfo log = store.info();
        Delivery delivery = new Delivery(store, log.logId(), options.query(), listener);
        FollowLoop loop = new FollowLoop(store, "subscription", options.startIn(store, log), delivery);
        Thread thread = options.threads().newThread(loop);
        thread.start();
        return new Subscription(log.logId(), loop, thread);
    }

    /** How far the listener has got: it has returned from every matching event up to here. Save it to go on from there. */
    public Checkpoint checkpoint() {
        return new Checkpoint(logId, loop.sequence());
    }

    /**
     * Waits until everything up to {@code sequence} has been applied.
     *
     * @return whether it has been; false when the time is over
     * @throws IllegalStateException where the subscription ended before, with its {@link #failure} as the cause
     * @throws InterruptedException where the waiting thread is interrupted
     */
    public boolean awaitSequence(long sequence, Duration timeout) throws InterruptedException {
        return loop.awaitSequence(sequence, timeout);
    }

    /** What ended the subscription: what its listener threw, or what the store did; empty while it runs or when it was closed. */
    public Optional<Throwable> failure() {
        return loop.failure();
    }

    /** Whether it still runs. */
    public boolean isRunning() {
        return loop.isRunning();
    }

    /**
     * Ends the subscription. The listener finishes the event it is at, unless it is what closes, and is not called again after
     * this returns. Closing again does nothing.
     */
    @Override
    public void close() {
        loop.stop(thread);
    }
}
