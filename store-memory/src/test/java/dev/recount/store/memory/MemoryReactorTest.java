package dev.recount.store.memory;

import dev.recount.reaction.ReactionStore;
import dev.recount.store.EventStore;
import dev.recount.testkit.ReactorContract;

class MemoryReactorTest extends ReactorContract {

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
