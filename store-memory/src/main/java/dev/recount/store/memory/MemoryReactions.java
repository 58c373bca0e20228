package dev.recount.store.memory;

import dev.recount.reaction.Lease;
import dev.recount.reaction.LeaseLost;
import dev.recount.reaction.Reacted;
import dev.recount.reaction.ReactionId;
import dev.recount.reaction.ReactionStore;
import dev.recount.reaction.ReactorStatus;
import dev.recount.reaction.StoredReaction;
import dev.recount.subscription.Checkpoint;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The progress of reactors in memory, for tests and prototypes: none of it outlives the program.
 *
 * <p>Thread-safe.
 */
public final class MemoryReactions implements ReactionStore {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, MemoryReactor> reactors = new HashMap<>();

    private MemoryReactions() {}

    /** Knows no reactor yet. */
    public static MemoryReactions create() {
        return new MemoryReactions();
    }

    @Override
    public void register(String reactor, Checkpoint start) {
        lock.lock();
        try {
            reactors.computeIfAbsent(reactor, name -> new MemoryReactor(name, start));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<ReactorStatus> status(String reactor) {
        return find(reactor, MemoryReactor::status);
    }

    @Override
    public Optional<Lease> acquire(String reactor, String owner, Instant now, Instant until) {
        return find(reactor, found -> found.acquire(owner, now, until)).flatMap(Function.identity());
    }

    @Override
    public Lease renew(Lease lease, Instant until) {
        return with(lease, reactor -> reactor.renew(lease, until));
    }

    @Override
    public void release(Lease lease) {
        find(lease.reactor(), reactor -> reactor.release(lease));
    }

    @Override
    public void advance(Lease lease, Reacted reacted) {
        with(lease, reactor -> reactor.advance(reacted));
    }

    @Override
    public List<StoredReaction> list(String reactor, StoredReaction.State state, int limit) {
        return find(reactor, found -> found.list(state, limit)).orElse(List.of());
    }

    @Override
    public boolean save(Lease lease, StoredReaction reaction) {
        return with(lease, reactor -> reactor.save(reaction));
    }

    @Override
    public void remove(Lease lease, ReactionId id) {
        with(lease, reactor -> reactor.remove(id));
    }

    @Override
    public boolean retry(String reactor, ReactionId id, Instant now) {
        return find(reactor, found -> found.retry(id, now)).orElse(false);
    }

    @Override
    public boolean forget(String reactor, ReactionId id) {
        return find(reactor, found -> found.forget(id)).orElse(false);
    }

    private <T> Optional<T> find(String name, Function<MemoryReactor, T> use) {
        lock.lock();
        try {
            return Optional.ofNullable(reactors.get(name)).map(use);
        } finally {
            lock.unlock();
        }
    }

    private <T> T with(Lease lease, Function<MemoryReactor, T> use) {
        return find(lease.reactor(), reactor -> {
                    reactor.requireNewest(lease);
                    return use.apply(reactor);
                })
                .orElseThrow(() -> new LeaseLost(lease, 0));
    }
}
