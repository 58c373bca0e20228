package dev.recount.feed;

import dev.recount.store.EventStore;
import dev.recount.store.StoreUnavailable;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks for what a client has read elsewhere, such as from the primary, in a log that may be a replica a moment behind. Such a client is
 * not told that its cursor is of no use: the events are on their way.
 */
final class Lag {

    // Replicas are milliseconds behind, and a server may have one thread for all who connect. Who waits longer is told
    // to try again.
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private Lag() {}

    /**
     * What {@link EventStore#chainAt} says of a sequence above the head, waited for where it may come yet.
     *
     * @throws StoreUnavailable where it has not come
     */
    static Optional<String> chainAt(EventStore store, long sequence) {
        try {
            return store.chainAt(sequence);
        } catch (StoreUnavailable behind) {
            await(store, sequence, behind);
            return store.chainAt(sequence);
        }
    }

    private static void await(EventStore store, long sequence, StoreUnavailable behind) {
        try {
            store.awaitAfter(sequence - 1, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw behind;
        }
    }
}
