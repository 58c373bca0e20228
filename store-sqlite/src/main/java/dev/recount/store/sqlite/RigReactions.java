package dev.recount.store.sqlite;

import dev.recount.reaction.Lease;
import dev.recount.reaction.Reacted;
import dev.recount.reaction.ReactionId;
import dev.recount.reaction.ReactionStore;
import dev.recount.reaction.ReactorStatus;
import dev.recount.reaction.StoredReaction;
import dev.recount.subscription.Checkpoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The progress of the reactors of a town's rig, whose file is open for the time of a call only. Thread-safe. */
final class RigReactions implements ReactionStore {

    private final RigStore rig;

    RigReactions(RigStore rig) {
        this.rig = rig;
    }

    @Override
    public void register(String reactor, Checkpoint start) {
        with(reactions -> {
            reactions.register(reactor, start);
            return true;
        });
    }

    @Override
    public Optional<ReactorStatus> status(String reactor) {
        return with(reactions -> reactions.status(reactor));
    }

    @Override
    public Optional<Lease> acquire(String reactor, String owner, Instant now, Instant until) {
        return with(reactions -> reactions.acquire(reactor, owner, now, until));
    }

    @Override
    public Lease renew(Lease lease, Instant until) {
        return with(reactions -> reactions.renew(lease, until));
    }

    @Override
    public void release(Lease lease) {
        with(reactions -> {
            reactions.release(lease);
            return true;
        });
    }

    @Override
    public void advance(Lease lease, Reacted reacted) {
        with(reactions -> {
            reactions.advance(lease, reacted);
            return true;
        });
    }

    @Override
    public List<StoredReaction> list(String reactor, StoredReaction.State state, int limit) {
        return with(reactions -> reactions.list(reactor, state, limit));
    }

    @Override
    public boolean save(Lease lease, StoredReaction reaction) {
        return with(reactions -> reactions.save(lease, reaction));
    }

    @Override
    public void remove(Lease lease, ReactionId id) {
        with(reactions -> {
            reactions.remove(lease, id);
            return true;
        });
    }

    @Override
    public boolean retry(String reactor, ReactionId id, Instant now) {
        return with(reactions -> reactions.retry(reactor, id, now));
    }

    @Override
    public boolean forget(String reactor, ReactionId id) {
        return with(reactions -> reactions.forget(reactor, id));
    }

    private <T> T with(Function<SqliteReactions, T> work) {
        return rig.with(store -> work.apply(SqliteReactions.of(store)));
    }
}
