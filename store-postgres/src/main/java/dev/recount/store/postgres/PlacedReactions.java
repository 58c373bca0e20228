package dev.recount.store.postgres;

import dev.recount.internal.log.Deadline;
import dev.recount.internal.log.Interrupts;
import dev.recount.reaction.Lease;
import dev.recount.reaction.Reacted;
import dev.recount.reaction.ReactionId;
import dev.recount.reaction.ReactionStore;
import dev.recount.reaction.ReactorStatus;
import dev.recount.reaction.StoredReaction;
import dev.recount.store.StoreUnavailable;
import dev.recount.subscription.Checkpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The progress of a rig's reactors wherever the rig is. A reactor that runs keeps its fence; nobody holds its lease just after a move. Thread-safe. */
final class PlacedReactions implements ReactionStore {

    private static final long PAUSE_NANOS = 20_000_000;

    private final String rig;
    private final Homes homes;
    private final Duration busyTimeout;

    PlacedReactions(String rig, Homes homes, Duration busyTimeout) {
        this.rig = rig;
        this.homes = homes;
        this.busyTimeout = busyTimeout;
    }

    @Override
    public void register(String reactor, Checkpoint start) {
        write(store -> {
            store.register(reactor, start);
            return true;
        });
    }

    @Override
    public Optional<ReactorStatus> status(String reactor) {
        return read(store -> store.status(reactor));
    }

    @Override
    public Optional<Lease> acquire(String reactor, String owner, Instant now, Instant until) {
        return write(store -> store.acquire(reactor, owner, now, until));
    }

    @Override
    public Lease renew(Lease lease, Instant until) {
        return write(store -> store.renew(lease, until));
    }

    @Override
    public void release(Lease lease) {
        write(store -> {
            store.release(lease);
            return true;
        });
    }

    @Override
    public void advance(Lease lease, Reacted reacted) {
        write(store -> {
            store.advance(lease, reacted);
            return true;
        });
    }

    @Override
    public List<StoredReaction> list(String reactor, StoredReaction.State state, int limit) {
        return read(store -> store.list(reactor, state, limit));
    }

    @Override
    public boolean save(Lease lease, StoredReaction reaction) {
        return write(store -> store.save(lease, reaction));
    }

    @Override
    public void remove(Lease lease, ReactionId id) {
        write(store -> {
            store.remove(lease, id);
            return true;
        });
    }

    @Override
    public boolean retry(String reactor, ReactionId id, Instant now) {
        return write(store -> store.retry(reactor, id, now));
    }

    @Override
    public boolean forget(String reactor, ReactionId id) {
        return write(store -> store.forget(reactor, id));
    }

    private <T> T read(Function<PostgresReactions, T> reading) {
        while (true) {
            Home home = homes.of(rig);
            try {
                T result = reading.apply(PostgresReactions.of(home.store()));
                if (home.isOpen() || homes.lookUp(rig).isSamePlace(home)) {
                    return result;
                }
            } catch (StoreUnavailable away) {
                if (homes.lookUpAfter(away, rig).isSamePlace(home)) {
                    throw away;
                }
            }
        }
    }

    // What is refused since the rig is not open has surely not happened.
    private <T> T write(Function<PostgresReactions, T> writing) {
        Deadline deadline = Deadline.after(busyTimeout);
        Interrupts interrupts = new Interrupts();
        try {
            while (true) {
                Home home = homes.of(rig);
                try {
                    return writing.apply(PostgresReactions.of(home.store()));
                } catch (StoreUnavailable e) {
                    if (!RigNotOpen.isCauseOf(e) || deadline.isOver()) {
                        throw e;
                    }
                    if (homes.lookUp(rig).isSamePlace(home)) {
                        interrupts.pause(PAUSE_NANOS);
                    }
                }
            }
        } finally {
            interrupts.restore();
        }
    }
}
