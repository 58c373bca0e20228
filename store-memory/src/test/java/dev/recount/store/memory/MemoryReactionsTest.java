package dev.recount.store.memory;

import dev.recount.reaction.ReactionStore;
import dev.recount.testkit.ReactionStoreContract;

class MemoryReactionsTest extends ReactionStoreContract {

    private final MemoryReactions reactions = MemoryReactions.create();

    @Override
    protected ReactionStore open() {
        return reactions;
    }
}
