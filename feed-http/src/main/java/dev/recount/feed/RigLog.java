package dev.recount.feed;

import dev.recount.store.EventStore;
import dev.recount.store.LogInfo;
import java.util.Optional;

/** A rig as a feed shows it: its name, its log, and the cursors of that log. Thread-safe. */
record RigLog(String name, EventStore store, Cursors cursors) implements Subject {

    RigLog(String name, EventStore store) {
        this(name, store, new Cursors(store));
    }

    @Override
    public Optional<String> rig() {
        return Optional.of(name);
    }

    @Override
    public Optional<EventStore> log() {
        return Optional.of(store);
    }

    @Override
    public Subject ofRig(String other) {
        if (!other.equals(name)) {
            throw Subject.noRig(other);
        }
        return this;
    }

    @Override
    public PageSource page(FeedRequest request) {
        LogInfo info = cursors.infoFor(PageRequest.furthest(request));
        return new RigPage(this, PageRequest.of(request, this, info).options(), info);
    }

    @Override
    public StreamSource stream(FeedRequest request) {
        return new RigStream(this, StreamStart.of(request, this));
    }

    @Override
    public Pulse pulse() {
        return new RigPulse(name, store);
    }
}
