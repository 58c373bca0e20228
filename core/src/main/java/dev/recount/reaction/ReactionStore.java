package dev.recount.reaction;

import dev.recount.subscription.Checkpoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where the reactors of one log keep how far they are and what is still to be done: the port that stores implement.
 * {@code ReactionStoreContract} of the testkit checks what it promises:
 *
 * <ul>
 *   <li>When a call returns, what it stored is durable; a call stores all or nothing.
 *   <li>Of two instances that ask for a lease at once, one gets it.
 *   <li>Whatever comes with a lease of another fence than the newest is refused with {@link LeaseLost}.
 *   <li>A reaction that was removed is not brought back by who still has it in hand.
 * </ul>
 *
 * <p>Times are kept to the microsecond. It has no clock: times are given. Thread-safe.
 */
public interface ReactionStore {

    /** Makes a reactor known; one that is known stays as it is. Nobody runs it yet. */
    void register(String reactor, Checkpoint start);

    /** How far a reactor is; empty where it is not known. */
    Optional<ReactorStatus> status(String reactor);

    /**
     * Takes a reactor over, where nobody has it, its lease is over at {@code now}, or {@code owner} has it already.
     *
     * @return the lease, with a higher fence than any before; empty where another has it, or the reactor is not known
     */
    Optional<Lease> acquire(String reactor, String owner, Instant now, Instant until);

    /**
     * The lease for longer, with the same fence; also after its end, where nobody has taken over.
     *
     * @throws LeaseLost where another has taken over
     */
    Lease renew(Lease lease, Instant until);

    /** Gives a lease back; does nothing where another has taken over. */
    void release(Lease lease);

    /**
     * Stores what came of reading: moves the checkpoint, which never goes back; removes what is pending or parked under the cancelled
     * keys; and adds.
     *
     * @throws LeaseLost where another has taken over
     */
    void advance(Lease lease, Reacted reacted);

    /** The first {@code limit} reactions in a state, in the order of their due time, then sequence, then index. */
    List<StoredReaction> list(String reactor, StoredReaction.State state, int limit);

    /**
     * Stores what has changed in a reaction.
     *
     * @return whether it is still there; else nothing is stored
     * @throws LeaseLost where another has taken over
     */
    boolean save(Lease lease, StoredReaction reaction);

    /**
     * Forgets a reaction whose outcome is recorded.
     *
     * @throws LeaseLost where another has taken over
     */
    void remove(Lease lease, ReactionId id);

    /**
     * Has a reaction that failed, or was parked or rejected, tried again now, as if for the first time. By hand: without a lease.
     *
     * @return whether there is such a one; false also for one that was never tried
     */
    boolean retry(String reactor, ReactionId id, Instant now);

    /**
     * Gives up a reaction that was parked or rejected. By hand: without a lease.
     *
     * @return whether there was such a one
     */
    boolean forget(String reactor, ReactionId id);
}
