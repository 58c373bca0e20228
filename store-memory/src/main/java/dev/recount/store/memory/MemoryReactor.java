package dev.recount.store.memory;

import static java.time.temporal.ChronoUnit.MICROS;

import dev.recount.reaction.Lease;
import dev.recount.reaction.LeaseLost;
import dev.recount.reaction.Reacted;
import dev.recount.reaction.ReactionId;
import dev.recount.reaction.ReactorStatus;
import dev.recount.reaction.StoredReaction;
import dev.recount.reaction.StoredReaction.State;
import dev.recount.subscription.Checkpoint;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One reactor. Not thread-safe: use from one thread at a time. */
final class MemoryReactor {

    private static final Comparator<StoredReaction> BY_DUE = Comparator.comparing(StoredReaction::due)
            .thenComparing(reaction -> reaction.id().sequence())
            .thenComparing(reaction -> reaction.id().index());

    private final String name;
    private final Map<ReactionId, StoredReaction> reactions = new HashMap<>();
    private Checkpoint checkpoint;
    private long fence;
    private @Nullable Lease lease;

    MemoryReactor(String name, Checkpoint start) {
        this.name = name;
        this.checkpoint = start;
    }

    ReactorStatus status() {
        return new ReactorStatus(
                checkpoint,
                in(State.PENDING).count(),
                in(State.PENDING).filter(reaction -> reaction.attempts() > 0).count(),
                in(State.PARKED).count(),
                in(State.REJECTED).count(),
                in(State.PENDING)
                        .map(StoredReaction::due)
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                lease);
    }

    Optional<Lease> acquire(String owner, Instant now, Instant until) {
        if (lease != null && !lease.owner().equals(owner) && lease.until().isAfter(now)) {
            return Optional.empty();
        }
        fence++;
        lease = new Lease(name, owner, fence, until.truncatedTo(MICROS));
        return Optional.of(lease);
    }

    void requireNewest(Lease given) {
        if (given.fence() != fence) {
            throw new LeaseLost(given, fence);
        }
    }

    Lease renew(Lease given, Instant until) {
        Lease renewed = new Lease(name, given.owner(), given.fence(), until.truncatedTo(MICROS));
        lease = renewed;
        return renewed;
    }

    boolean release(Lease given) {
        if (given.fence() == fence) {
            lease = null;
        }
        return true;
    }

    boolean advance(Reacted reacted) {
        reactions
                .values()
                .removeIf(reaction -> reaction.state() != State.REJECTED
                        && reaction.key() != null
                        && reacted.cancelled().contains(reaction.key()));
        for (StoredReaction reaction : reacted.added()) {
            reactions.put(reaction.id(), toTheMicrosecond(reaction));
        }
        if (reacted.upTo() > checkpoint.sequence()) {
            checkpoint = new Checkpoint(checkpoint.logId(), reacted.upTo());
        }
        return true;
    }

    List<StoredReaction> list(State state, int limit) {
        return in(state).sorted(BY_DUE).limit(limit).toList();
    }

    boolean save(StoredReaction reaction) {
        return reactions.computeIfPresent(reaction.id(), (id, old) -> toTheMicrosecond(reaction)) != null;
    }

    boolean remove(ReactionId id) {
        return reactions.remove(id) != null;
    }

    boolean retry(ReactionId id, Instant now) {
        StoredReaction found = reactions.get(id);
        if (found == null || (found.state() == State.PENDING && found.attempts() == 0)) {
            return false;
        }
        return save(StoredReaction.pending(id, found.key(), now));
    }

    boolean forget(ReactionId id) {
        StoredReaction found = reactions.get(id);
        return found != null && found.state() != State.PENDING && remove(id);
    }

    private Stream<StoredReaction> in(State state) {
        return reactions.values().stream().filter(reaction -> reaction.state() == state);
    }

    private static StoredReaction toTheMicrosecond(StoredReaction reaction) {
        return new StoredReaction(
                reaction.id(),
                reaction.key(),
                reaction.due().truncatedTo(MICROS),
                reaction.state(),
                reaction.attempts(),
                reaction.reason());
    }
}
