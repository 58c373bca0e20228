package dev.recount.feed.client;

import dev.recount.event.NewEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what a follower tells, and lets a test wait for it. */
class Told implements FeedObserver {

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<FedEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final FollowFrom afterReset;

    Told() {
        this(FollowFrom.HEAD);
    }

    Told(FollowFrom afterReset) {
        this.afterReset = afterReset;
    }

    /** What was told next of events and of the feed itself, such as {@code event 7}; not cursors and connections. */
    String next() throws InterruptedException {
        return String.valueOf(lines.poll(60, TimeUnit.SECONDS));
    }

    /** The next so many of these. */
    List<String> next(int count) throws InterruptedException {
        List<String> next = new ArrayList<>();
        while (next.size() < count) {
            next.add(next());
        }
        return next;
    }

    List<FedEvent> events() {
        return events;
    }

    /** Why connections were lost or not made. */
    List<String> problems() {
        return problems;
    }

    @Override
    public void event(FedEvent event) {
        events.add(event);
        lines.add("event " + event.stored().sequence());
    }

    @Override
    public void unreadable(String rig, long sequence, String type, String cursor) {
        lines.add("unreadable " + rig + " " + sequence + " " + type + " " + cursor);
    }

    @Override
    public FollowFrom reset(String reason, String message) {
        lines.add("reset " + reason);
        return afterReset;
    }

    @Override
    public void ephemeral(String rig, NewEvent event) {
        lines.add("ephemeral " + rig + " " + event);
    }

    @Override
    public void broken(List<BrokenRig> rigs) {
        lines.add("broken " + rigs.stream().map(BrokenRig::rig).toList());
    }

    @Override
    public void disconnected(Exception why, Duration pause) {
        problems.add(String.valueOf(why.getMessage()));
    }

    @Override
    public void ended(Optional<Throwable> failure) {
        lines.add("ended " + failure.map(Throwable::getMessage).orElse("by hand"));
    }
}
