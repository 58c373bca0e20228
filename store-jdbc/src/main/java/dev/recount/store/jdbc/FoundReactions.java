package dev.recount.store.jdbc;

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

/** The progress of reactors in a store that is found, or opened, for the time of a call. As thread-safe as that. */
public abstract class FoundReactions implements ReactionStore {

    /** For who finds the store. */
    protected FoundReactions() {}

    /** Finds the store for what changes nothing. */
    protected abstract <T> T reading(Function<ReactionStore, T> reading);

    /** Finds the store for what changes something. */
    protected abstract <T> T writing(Function<ReactionStore, T> writing);

    @Override
    public void register(String reactor, Checkpoint start) {
        writing(store -> {
            store.register(reactor, start);
            return true;
        });
    }

    @Override
    public Optional<ReactorStatus> status(String reactor) {
        return reading(store -> store.status(reactor));
    }

    @Override
    public Optional<Lease> acquire(String reactor, String owner, Instant now, Instant until) {
        return writing(store -> store.acquire(reactor, owner, now, until));
    }

    @Override
    public Lease renew(Lease lease, Instant until) {
        return writing(store -> store.renew(lease, until));
    }

    @Override
    public void release(Lease lease) {
        writing(store -> {
            store.release(lease);
            return true;
        });
    }

    @Override
    public void advance(Lease lease, Reacted reacted) {
        writing(store -> {
            store.advance(lease, reacted);
            return true;
        });
    }

    @Override
    public List<StoredReaction> list(String reactor, StoredReaction.State state, int limit) {
        return reading(store -> store.list(reactor, state, limit));
    }

    @Override
    public boolean save(Lease lease, StoredReaction reaction) {
        return writing(store -> store.save(lease, reaction));
    }

    @Override
    public void remove(Lease lease, ReactionId id) {
        writing(store -> {
            store.remove(lease, id);
            return true;
        });
    }

    @Override
    public boolean retry(String reactor, ReactionId id, Instant now) {
        return writing(store -> store.retry(reactor, id, now));
    }

    @Override
    public boolean forget(String reactor, ReactionId id) {
        return writing(store -> store.forget(reactor, id));
    }
}
