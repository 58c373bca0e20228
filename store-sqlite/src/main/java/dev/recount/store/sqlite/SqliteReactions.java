package dev.recount.store.sqlite;

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
 * The progress of the reactors of a log, in two tables of the log's own file, which are made on first use. So a copy or a backup of the
 * file holds both, at one moment.
 *
 * <p>Every call may fail with {@link StoreUnavailable}. It is closed with its store. Thread-safe, also over processes.
 */
public final class SqliteReactions implements ReactionStore {

    private final SqliteEventStore store;

    private SqliteReactions(SqliteEventStore store) {
        this.store = store;
    }

    /**
     * The progress of the reactors of a log.
     *
     * @throws StoreUnavailable where the file cannot be read, or the tables cannot be made
     */
    public static SqliteReactions of(SqliteEventStore store) {
        if (!store.readOn(ReactionTables::exist)) {
            store.write(ReactionTables::create);
        }
        return new SqliteReactions(store);
    }

    @Override
    public void register(String reactor, Checkpoint start) {
        if (status(reactor).isEmpty()) {
            store.write(session -> session.run(
                    "INSERT OR IGNORE INTO recount_reactors (name, log_id, checkpoint, fence) VALUES (?, ?, ?, 0)",
                    reactor,
                    start.logId(),
                    start.sequence()));
        }
    }

    @Override
    public Optional<ReactorStatus> status(String reactor) {
        return store.readOn(session -> ReactionRows.status(session, reactor));
    }

    @Override
    public Optional<Lease> acquire(String reactor, String owner, Instant now, Instant until) {
        return store.write(session -> {
            int taken = session.run(
                    "UPDATE recount_reactors SET owner = ?, until = ?, fence = fence + 1"
                            + " WHERE name = ? AND (owner IS NULL OR owner = ? OR until <= ?)",
                    owner,
                    until,
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
                        "UPDATE recount_reactors SET owner = ?, until = ? WHERE name = ?",
                        lease.owner(),
                        until,
                        lease.reactor()));
        return new Lease(lease.reactor(), lease.owner(), lease.fence(), TimeText.within(until));
    }

    @Override
    public void release(Lease lease) {
        store.write(session -> session.run(
                "UPDATE recount_reactors SET owner = NULL, until = NULL WHERE name = ? AND fence = ?",
                lease.reactor(),
                lease.fence()));
    }

    @Override
    public void advance(Lease lease, Reacted reacted) {
        write(lease, session -> {
            for (String key : reacted.cancelled()) {
                session.run(
                        "DELETE FROM recount_reactions WHERE reactor = ? AND key = ? AND state <> 'rejected'",
                        lease.reactor(),
                        key);
            }
            for (StoredReaction reaction : reacted.added()) {
                ReactionRows.put(session, lease.reactor(), reaction);
            }
            return session.run(
                    "UPDATE recount_reactors SET checkpoint = max(checkpoint, ?) WHERE name = ?",
                    reacted.upTo(),
                    lease.reactor());
        });
    }

    @Override
    public List<StoredReaction> list(String reactor, StoredReaction.State state, int limit) {
        return store.readOn(session -> ReactionRows.list(session, reactor, state, limit));
    }

    @Override
    public boolean save(Lease lease, StoredReaction reaction) {
        return write(lease, session -> ReactionRows.change(session, lease.reactor(), reaction));
    }

    @Override
    public void remove(Lease lease, ReactionId id) {
        write(lease, session -> ReactionRows.delete(session, lease.reactor(), id, ""));
    }

    @Override
    public boolean retry(String reactor, ReactionId id, Instant now) {
        return store.write(session -> session.run(
                        "UPDATE recount_reactions SET state = 'pending', due = ?, attempts = 0, reason = ''"
                                + " WHERE reactor = ? AND sequence = ? AND position = ?"
                                + " AND (state <> 'pending' OR attempts > 0)",
                        now,
                        reactor,
                        id.sequence(),
                        id.index())
                > 0);
    }

    @Override
    public boolean forget(String reactor, ReactionId id) {
        return store.write(session -> ReactionRows.delete(session, reactor, id, " AND state <> 'pending'"));
    }

    // The check is in the transaction of what it guards, which holds the write lock.
    private <T> T write(Lease lease, Writer.Work<T> work) {
        return store.write(session -> {
            long fence = fence(session, lease.reactor());
            if (fence != lease.fence()) {
                throw new LeaseLost(lease, fence);
            }
            return work.run(session);
        });
    }

    private static long fence(Session session, String reactor) throws SQLException {
        return session.number("SELECT fence FROM recount_reactors WHERE name = ?", reactor);
    }
}
