package dev.recount.feed;

import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.time.Duration;

/** What is new in one rig. Not thread-safe: use from the thread that looks. */
final class RigPulse implements Pulse {

    private final String rig;
    private final EventStore store;
    private long position;
    private boolean shorter;

    RigPulse(String rig, EventStore store) {
        this.rig = rig;
        this.store = store;
    }

    @Override
    public void skip() {
        position = store.info().head();
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        boolean found = store.awaitAfter(position, timeout);
        // It ends no wait that another log took over, which lacked the newest events.
        shorter = !found && store.info().head() < position;
        return found;
    }

    @Override
    public boolean isSure() {
        return !shorter;
    }

    @Override
    public Part read() {
        Page page = store.read(Query.all(), ReadOptions.defaults().after(position));
        position = page.upTo();
        return Part.ofRig(rig, page.events(), page.complete());
    }
}
