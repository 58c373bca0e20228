package dev.recount.store.memory;

import dev.recount.reaction.Lease;
import dev.recount.reaction.Reacted;
import dev.recount.reaction.ReactionId;
import dev.recount.reaction.ReactionStore;
import dev.recount.reaction.ReactorStatus;
import dev.recount.reaction.StoredReaction;
import dev.recount.subscription.Checkpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a store of reactions can get wrong, all of which the contract must notice. */
enum ReactionFault {
    STARTS_A_KNOWN_REACTOR_ANEW,
    GIVES_A_LEASE_TO_WHOEVER_ASKS,
    NEVER_ENDS_A_LEASE,
    KEEPS_THE_FENCE_AT_A_TAKE_OVER,
    TAKES_THE_WRITES_OF_A_LOST_LEASE,
    RELEASES_THE_LEASE_OF_ANOTHER,
    MOVES_THE_CHECKPOINT_WITHOUT_THE_REACTIONS,
    STORES_REACTIONS_WITHOUT_THE_CHECKPOINT,
    IGNORES_CANCELLED_KEYS,
    CANCELS_WHAT_IT_ADDS,
    BRINGS_BACK_WHAT_WAS_REMOVED,
    NEVER_REMOVES,
    FORGETS_ATTEMPTS,
    LISTS_IN_ANY_ORDER,
    LISTS_NO_MORE_THAN_A_THOUSAND,
    SETS_TIMERS_OFF_BY_HAND,
    FORGETS_WHAT_IS_PENDING,
    NONE;

    ReactionStore store() {
        return new Faulty(this);
    }

    private static final class Faulty implements ReactionStore {

        private final ReactionFault fault;
        private MemoryReactions store = MemoryReactions.create();

        Faulty(ReactionFault fault) {
            this.fault = fault;
        }

        @Override
        public void register(String reactor, Checkpoint start) {
            if (fault == STARTS_A_KNOWN_REACTOR_ANEW && store.status(reactor).isPresent()) {
                store = MemoryReactions.create();
            }
            store.register(reactor, start);
        }

        @Override
        public Optional<ReactorStatus> status(String reactor) {
            return store.status(reactor);
        }

        @Override
        public Optional<Lease> acquire(String reactor, String owner, Instant now, Instant until) {
            Instant asked = switch (fault) {
                case GIVES_A_LEASE_TO_WHOEVER_ASKS -> Instant.MAX;
                case NEVER_ENDS_A_LEASE -> Instant.MIN;
                default -> now;
            };
            Lease before = store.status(reactor).map(ReactorStatus::lease).orElse(null);
            Optional<Lease> lease = store.acquire(reactor, owner, asked, until);
            return fault == KEEPS_THE_FENCE_AT_A_TAKE_OVER && before != null
                    ? lease.map(taken -> new Lease(reactor, owner, before.fence(), taken.until()))
                    : lease;
        }

        @Override
        public Lease renew(Lease lease, Instant until) {
            return store.renew(seen(lease), until);
        }

        @Override
        public void release(Lease lease) {
            store.release(fault == RELEASES_THE_LEASE_OF_ANOTHER ? newest(lease) : lease);
        }

        @Override
        public void advance(Lease lease, Reacted reacted) {
            Lease seen = seen(lease);
            switch (fault) {
                case MOVES_THE_CHECKPOINT_WITHOUT_THE_REACTIONS ->
                    store.advance(seen, new Reacted(reacted.upTo(), reacted.cancelled(), List.of()));
                case STORES_REACTIONS_WITHOUT_THE_CHECKPOINT ->
                    store.advance(seen, new Reacted(0, reacted.cancelled(), reacted.added()));
                case IGNORES_CANCELLED_KEYS ->
                    store.advance(seen, new Reacted(reacted.upTo(), Set.of(), reacted.added()));
                case CANCELS_WHAT_IT_ADDS -> {
                    store.advance(seen, reacted);
                    store.advance(seen, new Reacted(reacted.upTo(), reacted.cancelled(), List.of()));
                }
                default -> store.advance(seen, reacted);
            }
        }

        @Override
        public List<StoredReaction> list(String reactor, StoredReaction.State state, int limit) {
            int seen = fault == LISTS_NO_MORE_THAN_A_THOUSAND ? Math.min(limit, 1_000) : limit;
            List<StoredReaction> found = new ArrayList<>(store.list(reactor, state, seen));
            if (fault == LISTS_IN_ANY_ORDER) {
                found.sort(
                        (one, other) -> one.id().toString().compareTo(other.id().toString()));
            }
            return found;
        }

        @Override
        public boolean save(Lease lease, StoredReaction reaction) {
            Lease seen = seen(lease);
            if (fault == BRINGS_BACK_WHAT_WAS_REMOVED) {
                store.advance(seen, new Reacted(0, Set.of(), List.of(reaction)));
                return true;
            }
            return store.save(
                    seen,
                    fault == FORGETS_ATTEMPTS
                            ? new StoredReaction(
                                    reaction.id(),
                                    reaction.key(),
                                    reaction.due(),
                                    reaction.state(),
                                    0,
                                    reaction.reason())
                            : reaction);
        }

        @Override
        public void remove(Lease lease, ReactionId id) {
            if (fault != NEVER_REMOVES) {
                store.remove(seen(lease), id);
            }
        }

        @Override
        public boolean retry(String reactor, ReactionId id, Instant now) {
            boolean found = store.retry(reactor, id, now);
            if (!found
                    && fault == SETS_TIMERS_OFF_BY_HAND
                    && store.status(reactor).isPresent()) {
                StoredReaction timer = StoredReaction.pending(id, null, now);
                return store.save(seenNewest(reactor), timer);
            }
            return found;
        }

        @Override
        public boolean forget(String reactor, ReactionId id) {
            if (fault == FORGETS_WHAT_IS_PENDING && store.status(reactor).isPresent()) {
                store.remove(seenNewest(reactor), id);
                return true;
            }
            return store.forget(reactor, id);
        }

        private Lease seen(Lease lease) {
            return fault == TAKES_THE_WRITES_OF_A_LOST_LEASE ? newest(lease) : lease;
        }

        private Lease newest(Lease lease) {
            return store.status(lease.reactor()).map(ReactorStatus::lease).orElse(lease);
        }

        private Lease seenNewest(String reactor) {
            return newest(new Lease(reactor, "", 0, Instant.EPOCH));
        }
    }
}
