package dev.recount.examples.quickstart;

import dev.recount.reaction.ReactionStore;
import dev.recount.store.EventStore;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.store.memory.MemoryReactions;
import dev.recount.testkit.ReactorContract;

/** The sample of the reactor contract, run. */
class MemoryReactorsTest extends ReactorContract {
    private final MemoryEventStore log = MemoryEventStore.create();
    private final MemoryReactions reactions = MemoryReactions.create();

    @Override
    protected EventStore openLog() {
        return log.reopen();
    }

    @Override
    protected ReactionStore open(EventStore on) {
        return reactions;
    }
}
