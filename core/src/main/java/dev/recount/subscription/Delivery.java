package dev.recount.subscription;

import dev.recount.event.StoredEvent;
import dev.recount.internal.FollowLoop;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.function.Consumer;

/** Reads a page, hands out its events, and says after each how far it has got. Used by one thread at a time. */
final class Delivery implements FollowLoop.Step {

    private final EventStore store;
    private final Query query;
    private final Consumer<? super StoredEvent> listener;
    private boolean inListener;

    Delivery(EventStore store, Query query, Consumer<? super StoredEvent> listener) {
        this.store = store;
        this.query = query;
        this.listener = listener;
    }

    @Override
    public boolean applyMore(FollowLoop loop) {
        Page page = store.read(query, ReadOptions.defaults().after(loop.sequence()));
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

    @Override
    public boolean isInUserCode() {
        return inListener;
    }
}
