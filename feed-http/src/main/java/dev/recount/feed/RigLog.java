package dev.recount.feed;

import dev.recount.store.EventStore;

/** What a feed shows: a rig's name, its log, and the cursors of that log. Thread-safe. */
record RigLog(String rig, EventStore store, Cursors cursors) {

    RigLog(String rig, EventStore store) {
        this(rig, store, new Cursors(store));
    }
}
