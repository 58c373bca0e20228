package dev.recount.store.postgres;

import dev.recount.internal.log.TimeText;
import dev.recount.reaction.ReactionId;
import dev.recount.reaction.StoredReaction;
import dev.recount.transfer.TransferMarks;
import dev.recount.transfer.TransferMarks.Consumer;
import dev.recount.transfer.TransferMarks.Reaction;
import dev.recount.transfer.TransferMarks.Reactor;
import dev.recount.transfer.TransferMarks.Removal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a rig has beside its events that goes with them. */
final class RigMarks {

    private static final String REMEMBER =
            "INSERT INTO {s}.retentions (rig, at, requested_by, floor_before, floor, events)"
                    + " SELECT v.* FROM (SELECT ?::integer AS rig, ?::text AS at, ?::text AS requested_by, ?::bigint AS floor_before,"
                    + " ?::bigint AS floor, ?::bigint AS events) v WHERE NOT EXISTS (SELECT FROM {s}.retentions r"
                    + " WHERE r.rig = v.rig AND r.at = v.at AND r.floor_before = v.floor_before)";

    private RigMarks() {}

    static TransferMarks read(Session session, Rig rig) throws SQLException {
        return new TransferMarks(
                session.query(
                        "SELECT name, log_id, checkpoint, fence FROM {s}.reactors WHERE rig = ? ORDER BY name",
                        RigMarks::reactors,
                        rig.key()),
                session.query(
                        "SELECT reactor, sequence, position, key, due, state, attempts, reason FROM {s}.reactions"
                                + " WHERE rig = ? ORDER BY reactor, sequence, position",
                        RigMarks::reactions,
                        rig.key()),
                session.query(
                        "SELECT name, checkpoint, seen_at FROM {s}.consumers WHERE rig = ? ORDER BY name",
                        RigMarks::consumers,
                        rig.key()),
                session.query(
                        "SELECT at, requested_by, floor_before, floor, events FROM {s}.retentions WHERE rig = ?"
                                + " ORDER BY id",
                        RigMarks::removals,
                        rig.key()),
                receipts(session, rig));
    }

    static long receipts(Session session, Rig rig) throws SQLException {
        return session.number("SELECT count(*) FROM {s}.receipts WHERE rig = ?", rig.key());
    }

    private static List<Reactor> reactors(ResultSet row) throws SQLException {
        List<Reactor> all = new ArrayList<>();
        while (row.next()) {
            all.add(new Reactor(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)));
        }
        return all;
    }

    private static List<Reaction> reactions(ResultSet row) throws SQLException {
        List<Reaction> all = new ArrayList<>();
        while (row.next()) {
            StoredReaction stored = new StoredReaction(
                    new ReactionId(row.getLong(2), row.getInt(3)),
                    row.getString(4),
                    TimeText.parseTolerantly(row.getString(5)),
                    StoredReaction.State.valueOf(row.getString(6).toUpperCase(Locale.ROOT)),
                    row.getInt(7),
                    row.getString(8));
            all.add(new Reaction(row.getString(1), stored));
        }
        return all;
    }

    private static List<Consumer> consumers(ResultSet row) throws SQLException {
        List<Consumer> all = new ArrayList<>();
        while (row.next()) {
            all.add(new Consumer(row.getString(1), row.getLong(2), TimeText.parseTolerantly(row.getString(3))));
        }
        return all;
    }

    private static List<Removal> removals(ResultSet row) throws SQLException {
        List<Removal> all = new ArrayList<>();
        while (row.next()) {
            all.add(new Removal(
                    TimeText.parseTolerantly(row.getString(1)),
                    Optional.ofNullable(row.getString(2)),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5)));
        }
        return all;
    }

    /** Puts them in the place of what a rig had, from when it was here before. */
    static void replace(Session session, Rig rig, TransferMarks marks) throws SQLException {
        session.run("DELETE FROM {s}.reactions WHERE rig = ?", rig.key());
        session.run("DELETE FROM {s}.reactors WHERE rig = ?", rig.key());
        session.run("DELETE FROM {s}.consumers WHERE rig = ?", rig.key());
        for (Consumer consumer : marks.consumers()) {
            session.run(
                    "INSERT INTO {s}.consumers (rig, name, checkpoint, seen_at) VALUES (?, ?, ?, ?)",
                    rig.key(),
                    consumer.name(),
                    consumer.checkpoint(),
                    consumer.seenAt());
        }
        for (Reactor reactor : marks.reactors()) {
            session.run(
                    "INSERT INTO {s}.reactors (rig, name, log_id, checkpoint, fence) VALUES (?, ?, ?, ?, ?)",
                    rig.key(),
                    reactor.name(),
                    reactor.logId(),
                    reactor.checkpoint(),
                    reactor.fence());
        }
        for (Reaction reaction : marks.reactions()) {
            ReactionRows.put(session, rig, reaction.reactor(), storable(reaction.stored()));
        }
        for (Removal removal : marks.removals()) {
            session.run(
                    REMEMBER,
                    rig.key(),
                    TimeText.of(TimeText.within(removal.at())),
                    removal.by().orElse(null),
                    removal.floorBefore(),
                    removal.floor(),
                    removal.events());
        }
    }

    // A reason is the message of somebody's exception, and may hold what PostgreSQL's texts cannot.
    private static StoredReaction storable(StoredReaction stored) {
        return new StoredReaction(
                stored.id(),
                stored.key(),
                stored.due(),
                stored.state(),
                stored.attempts(),
                stored.reason().replace('\0', '\ufffd'));
    }
}
