package dev.recount.store.sqlite;

import dev.recount.reaction.ReactionStore;
import dev.recount.store.jdbc.FoundReactions;
import java.util.function.Function;

/** The progress of the reactors of a town's rig, whose file is open for the time of a call only. Thread-safe. */
final class RigReactions extends FoundReactions {

    private final RigStore rig;

    RigReactions(RigStore rig) {
        this.rig = rig;
    }

    @Override
    protected <T> T reading(Function<ReactionStore, T> reading) {
        return rig.with(store -> reading.apply(SqliteReactions.of(store)));
    }

    @Override
    protected <T> T writing(Function<ReactionStore, T> writing) {
        return reading(writing);
    }
}
