package dev.recount.examples.quickstart;

import dev.recount.reaction.ReactionStore;
import dev.recount.store.memory.MemoryReactions;
import dev.recount.testkit.ReactionStoreContract;

/** The sample of the reaction store contract, run. */
class MemoryReactionsTest extends ReactionStoreContract {
    private final MemoryReactions reactions = MemoryReactions.create();

    @Override
    protected ReactionStore open() {
        return reactions;
    }
}
