package dev.recount.subscription;

import dev.recount.store.EventStore;
import dev.recount.store.LogInfo;
import dev.recount.store.Query;
import java.util.concurrent.ThreadFactory;
import java.util.function.ToLongBiFunction;

/**
 * What a subscription reads, from where, and on which thread.
 *
 * <p>Defaults: every event, from the start of the log, on a daemon thread of its own.
 *
 * <pre>{@code
 * SubscriptionOptions narrow = SubscriptionOptions.defaults().matching(Query.tagged("bead", "gt-1a2b")).from(saved);
 * }</pre>
 *
 * <p>Immutable.
 */
public final class SubscriptionOptions {

    private static final SubscriptionOptions DEFAULTS =
            new SubscriptionOptions(Query.all(), SubscriptionOptions::floor, SubscriptionOptions::daemon);

    private final Query query;
    private final ToLongBiFunction<EventStore, LogInfo> start;
    private final ThreadFactory threads;

    private SubscriptionOptions(Query query, ToLongBiFunction<EventStore, LogInfo> start, ThreadFactory threads) {
        this.query = query;
        this.start = start;
        this.threads = threads;
    }

    /** Every event, from the start of the log, on a daemon thread of its own. */
    public static SubscriptionOptions defaults() {
        return DEFAULTS;
    }

    /** Only events that this query finds. */
    public SubscriptionOptions matching(Query newQuery) {
        return new SubscriptionOptions(newQuery, start, threads);
    }

    /** From the first event that the log still has. */
    public SubscriptionOptions fromStart() {
        return new SubscriptionOptions(query, SubscriptionOptions::floor, threads);
    }

    /** Only what is stored after the subscription has started. */
    public SubscriptionOptions fromHead() {
        return new SubscriptionOptions(query, SubscriptionOptions::head, threads);
    }

    /**
     * From the first event after a checkpoint. The subscription does not start where that would lose or repeat events, nor on a replica that
     * has not come as far yet.
     *
     * @see UnusableCheckpoint
     */
    public SubscriptionOptions from(Checkpoint checkpoint) {
        return new SubscriptionOptions(
                query,
                (store, log) -> {
                    UnusableCheckpoint.check(checkpoint, store);
                    return checkpoint.sequence();
                },
                threads);
    }

    /** On a thread that this factory makes. */
    public SubscriptionOptions onThreadOf(ThreadFactory newThreads) {
        return new SubscriptionOptions(query, start, newThreads);
    }

    Query query() {
        return query;
    }

    long startIn(EventStore store, LogInfo log) {
        return start.applyAsLong(store, log);
    }

    private static long floor(EventStore store, LogInfo log) {
        return log.floor();
    }

    private static long head(EventStore store, LogInfo log) {
        return log.head();
    }

    ThreadFactory threads() {
        return threads;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "recount-subscription");
        thread.setDaemon(true);
        return thread;
    }
}
