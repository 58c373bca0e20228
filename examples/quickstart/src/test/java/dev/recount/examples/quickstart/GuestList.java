package dev.recount.examples.quickstart;

import dev.recount.feed.client.FedEvent;
import dev.recount.feed.client.FeedObserver;
import dev.recount.feed.client.FollowFrom;
import java.util.ArrayList;
import java.util.List;

/** Keeps something of a feed together with its cursor, as a program does that stores both in one transaction. */
final class GuestList implements FeedObserver {

    private final List<String> arrived = new ArrayList<>();
    private String cursor = "";
    private volatile Saved saved = new Saved(List.of(), "");

    /** What would be in a database. */
    record Saved(List<String> arrived, String cursor) {}

    @Override
    public void event(FedEvent event) {
        arrived.add(event.stored().data());
        cursor = event.cursor();
    }

    @Override
    public void reached(String newCursor) {
        cursor = newCursor;
    }

    @Override
    public void drained() {
        saved = new Saved(List.copyOf(arrived), cursor); // both or none: no event counts twice, and none is missed
    }

    @Override
    public FollowFrom reset(String reason, String message) {
        arrived.clear();
        return FollowFrom.START;
    }

    Saved saved() {
        return saved;
    }
}
