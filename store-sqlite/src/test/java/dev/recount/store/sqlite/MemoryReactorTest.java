package dev.recount.store.sqlite;

import dev.recount.reaction.ReactionStore;
import dev.recount.store.EventStore;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.store.memory.MemoryReactions;

class MemoryReactorTest extends ReactorSuite {

    private final MemoryEventStore store = MemoryEventStore.create();
    private final MemoryReactions reactions = MemoryReactions.create();

    @Override
    EventStore openStore() {
        return store.reopen();
    }

    @Override
    ReactionStore openReactions(EventStore on) {
        return reactions;
    }
}
