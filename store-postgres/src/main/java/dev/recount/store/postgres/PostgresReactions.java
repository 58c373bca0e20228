package dev.recount.store.postgres;

import dev.recount.internal.log.TimeText;
import dev.recount.reaction.Lease;
import dev.recount.reaction.LeaseLost;
import dev.recount.reaction.Reacted;
import dev.recount.reaction.ReactionId;
import dev.recount.reaction.ReactionStore;
import dev.recount.reaction.ReactorStatus;
import dev.recount.reaction.StoredReaction;
import dev.recount.store.StoreUnavailable;
import dev.recount.subscription.Checkpoint;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The progress of the reactors of a rig, in tables beside it.
 *
 * <p>Every call may fail with {@link StoreUnavailable}. It is closed with its store. Thread-safe, also over processes.
 */
public final class PostgresReactions implements ReactionStore {

    private final PostgresEventStore store;
    private final Rig rig;

    private PostgresReactions(PostgresEventStore store) {
        this.store = store;
        this.rig = store.rig();
    }

    /** The progress of the reactors of a rig. */
    public static PostgresReactions of(PostgresEventStore store) {
        return new PostgresReactions(store);
    }

    @Override
    public void register(String reactor, Checkpoint start) {
        store.write(session -> {
            requireOpen(session);
            return session.run(
                    "INSERT INTO {s}.reactors (rig, name, log_id, checkpoint, fence) VALUES (?, ?, ?, ?, 0)"
                            + " ON CONFLICT (rig, name) DO NOTHING",
                    rig.key(),
                    reactor,
                    start.logId(),
                    start.sequence());
        });
    }

    @Override
    public Optional<ReactorStatus> status(String reactor) {
        return store.look(session -> ReactionRows.status(session, rig, reactor));
    }

    @Override
    public Optional<Lease> acquire(String reactor, String owner, Instant now, Instant until) {
        return store.write(session -> {
            requireOpen(session);
            int taken = session.run(
                    "UPDATE {s}.reactors SET owner = ?, until = ?, fence = fence + 1"
                            + " WHERE rig = ? AND name = ? AND (owner IS NULL OR owner = ? OR until <= ?)",
                    owner,
                    until,
                    rig.key(),
                    reactor,
                    owner,
                    now);
            return taken == 0
                    ? Optional.empty()
                    : Optional.of(new Lease(reactor, owner, fence(session, reactor), TimeText.within(until)));
        });
    }

    @Override
    public Lease renew(Lease lease, Instant until) {
        write(
                lease,
                session -> session.run(
                        "UPDATE {s}.reactors SET owner = ?, until = ? WHERE rig = ? AND name = ?",
                        lease.owner(),
                        until,
                        rig.key(),
                        lease.reactor()));
        return new Lease(lease.reactor(), lease.owner(), lease.fence(), TimeText.within(until));
    }

    @Override
    public void release(Lease lease) {
        store.write(session -> session.run(
                "UPDATE {s}.reactors SET owner = NULL, until = NULL WHERE rig = ? AND name = ? AND fence = ?",
                rig.key(),
                lease.reactor(),
                lease.fence()));
    }

    @Override
    public void advance(Lease lease, Reacted reacted) {
        write(lease, session -> {
            for (String key : reacted.cancelled()) {
                session.run(
                        "DELETE FROM {s}.reactions WHERE rig = ? AND reactor = ? AND key = ? AND state <> 'rejected'",
                        rig.key(),
                        lease.reactor(),
                        key);
            }
            for (StoredReaction reaction : reacted.added()) {
                ReactionRows.put(session, rig, lease.reactor(), reaction);
            }
            return session.run(
                    "UPDATE {s}.reactors SET checkpoint = greatest(checkpoint, ?) WHERE rig = ? AND name = ?",
                    reacted.upTo(),
                    rig.key(),
                    lease.reactor());
        });
    }

    @Override
    public List<StoredReaction> list(String reactor, StoredReaction.State state, int limit) {
        return store.look(session -> ReactionRows.list(session, rig, reactor, state, limit));
    }

    @Override
    public boolean save(Lease lease, StoredReaction reaction) {
        return write(lease, session -> ReactionRows.change(session, rig, lease.reactor(), reaction));
    }

    @Override
    public void remove(Lease lease, ReactionId id) {
        write(lease, session -> ReactionRows.delete(session, rig, lease.reactor(), id, ""));
    }

    @Override
    public boolean retry(String reactor, ReactionId id, Instant now) {
        return store.write(session -> {
            requireOpen(session);
            return session.run(
                            "UPDATE {s}.reactions SET state = 'pending', due = ?, attempts = 0, reason = ''"
                                    + " WHERE rig = ? AND reactor = ? AND sequence = ? AND position = ?"
                                    + " AND (state <> 'pending' OR attempts > 0)",
                            now,
                            rig.key(),
                            reactor,
                            id.sequence(),
                            id.index())
                    > 0;
        });
    }

    @Override
    public boolean forget(String reactor, ReactionId id) {
        return store.write(session -> {
            requireOpen(session);
            return ReactionRows.delete(session, rig, reactor, id, " AND state <> 'pending'");
        });
    }

    // The row is locked by the check, so nobody takes over between it and what it guards.
    private <T> T write(Lease lease, Database.Work<T> work) {
        return store.write(session -> {
            requireOpen(session);
            long fence = session.number(
                    "SELECT fence FROM {s}.reactors WHERE rig = ? AND name = ? FOR NO KEY UPDATE",
                    rig.key(),
                    lease.reactor());
            if (fence != lease.fence()) {
                throw new LeaseLost(lease, fence);
            }
            return work.on(session);
        });
    }

    // Shares the rig's key until it is committed, so that a rig is not sealed while something is noted that would not
    // go with it; appends
    // are not held up by that, nor do they hold this up.
    private void requireOpen(Session session) throws SQLException {
        session.runAll("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
        RigState state = RigState.of(session.query(
                "SELECT state FROM {s}.rigs WHERE rig = ? FOR KEY SHARE",
                row -> rig.require(row).getString(1),
                rig.key()));
        if (state != RigState.OPEN) {
            throw RigNotOpen.refusal(session, rig, state);
        }
    }

    private long fence(Session session, String reactor) throws SQLException {
        return session.number("SELECT fence FROM {s}.reactors WHERE rig = ? AND name = ?", rig.key(), reactor);
    }
}
