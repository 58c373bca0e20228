package dev.recount.subscription;

import dev.recount.event.StoredEvent;
import dev.recount.internal.FollowLoop;
import dev.recount.store.EventStore;
import dev.recount.store.EventsRemoved;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.function.Consumer;

/** Reads a page, hands out its events, and says after each how far it has got. Used by one thread at a time. */
final class Delivery implements FollowLoop.Step {

    private final EventStore store;
    private final String logId;
    private final Query query;
    private final Consumer<? super StoredEvent> listener;
    private boolean inListener;

    Delivery(EventStore store, String logId, Query query, Consumer<? super StoredEvent> listener) {
        this.store = store;
        this.logId = logId;
        this.query = query;
        this.listener = listener;
    }

    @Override
    public boolean applyMore(FollowLoop loop) {
        Page page = nextPage(loop.sequence());
        for (StoredEvent event : page.events()) {
            if (loop.isStopped()) {
                return false;
            }
            inListener = true;
            listener.accept(event);
            inListener = false;
            loop.advance(event.sequence());
        }
        loop.advance(page.upTo());
        return page.complete();
    }

    // After 0 a store begins with whatever is left, so only here is seen that something is missing.
    private Page nextPage(long sequence) {
        try {
            Page page = store.read(query, ReadOptions.defaults().after(sequence));
            if (sequence == 0) {
                UnusableCheckpoint.check(new Checkpoint(logId, sequence), store.info());
            }
            return page;
        } catch (EventsRemoved e) {
            UnusableCheckpoint.check(new Checkpoint(logId, sequence), store.info());
            throw e;
        }
    }

    @Override
    public boolean isInUserCode() {
        return inListener;
    }
}
