package dev.recount.store.sqlite;

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

/** What a file has beside its events that goes with them. */
final class TransferredMarks {

    private TransferredMarks() {}

    static TransferMarks of(Session session) throws SQLException {
        boolean reacts = ReactionTables.exist(session);
        return new TransferMarks(
                reacts ? reactors(session) : List.of(),
                reacts ? reactions(session) : List.of(),
                session.hasTable("recount_consumers") ? consumers(session) : List.of(),
                removals(session),
                session.number("SELECT count(*) FROM recount_receipts"));
    }

    private static List<Reactor> reactors(Session session) throws SQLException {
        List<Reactor> all = new ArrayList<>();
        String sql = "SELECT name, log_id, checkpoint, fence FROM recount_reactors ORDER BY name";
        try (ResultSet row = session.prepare(sql).executeQuery()) {
            while (row.next()) {
                all.add(new Reactor(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)));
            }
        }
        return all;
    }

    private static List<Reaction> reactions(Session session) throws SQLException {
        List<Reaction> all = new ArrayList<>();
        String sql = "SELECT reactor, sequence, position, key, due, state, attempts, reason FROM recount_reactions"
                + " ORDER BY reactor, sequence, position";
        try (ResultSet row = session.prepare(sql).executeQuery()) {
            while (row.next()) {
                all.add(new Reaction(row.getString(1), reaction(row)));
            }
        }
        return all;
    }

    private static StoredReaction reaction(ResultSet row) throws SQLException {
        return new StoredReaction(
                new ReactionId(row.getLong(2), row.getInt(3)),
                row.getString(4),
                TimeText.parseTolerantly(row.getString(5)),
                StoredReaction.State.valueOf(row.getString(6).toUpperCase(Locale.ROOT)),
                row.getInt(7),
                row.getString(8));
    }

    private static List<Consumer> consumers(Session session) throws SQLException {
        List<Consumer> all = new ArrayList<>();
        String sql = "SELECT name, checkpoint, seen_at FROM recount_consumers ORDER BY name";
        try (ResultSet row = session.prepare(sql).executeQuery()) {
            while (row.next()) {
                all.add(new Consumer(
                        row.getString(1), row.getLong(2), TimeText.parseTolerantly(String.valueOf(row.getString(3)))));
            }
        }
        return all;
    }

    private static List<Removal> removals(Session session) throws SQLException {
        return RetentionRecords.list(session).stream()
                .map(record ->
                        new Removal(record.at(), record.by(), record.floorBefore(), record.floor(), record.events()))
                .toList();
    }
}
