package dev.recount.store.postgres;

import dev.recount.internal.log.TimeText;
import dev.recount.reaction.Lease;
import dev.recount.reaction.ReactionId;
import dev.recount.reaction.ReactorStatus;
import dev.recount.reaction.StoredReaction;
import dev.recount.subscription.Checkpoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reactors and their reactions as rows. */
final class ReactionRows {

    private static final String ONE = " WHERE rig = ? AND reactor = ? AND sequence = ? AND position = ?";

    private static final String STATUS = """
            SELECT log_id, checkpoint, owner, until, fence,
              (SELECT count(*) FROM {s}.reactions a WHERE a.rig = r.rig AND reactor = name AND state = 'pending'),
              (SELECT count(*) FROM {s}.reactions a WHERE a.rig = r.rig AND reactor = name AND state = 'pending' AND attempts > 0),
              (SELECT count(*) FROM {s}.reactions a WHERE a.rig = r.rig AND reactor = name AND state = 'parked'),
              (SELECT count(*) FROM {s}.reactions a WHERE a.rig = r.rig AND reactor = name AND state = 'rejected'),
              (SELECT min(due) FROM {s}.reactions a WHERE a.rig = r.rig AND reactor = name AND state = 'pending')
            FROM {s}.reactors r WHERE rig = ? AND name = ?""";

    private ReactionRows() {}

    static Optional<ReactorStatus> status(Session session, Rig rig, String reactor) throws SQLException {
        return session.query(
                STATUS, row -> row.next() ? Optional.of(status(row, reactor)) : Optional.empty(), rig.key(), reactor);
    }

    private static ReactorStatus status(ResultSet row, String reactor) throws SQLException {
        String owner = row.getString(3);
        return new ReactorStatus(
                new Checkpoint(row.getString(1), row.getLong(2)),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                time(row.getString(10)),
                owner == null ? null : new Lease(reactor, owner, row.getLong(5), held(row.getString(4))));
    }

    private static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : TimeText.parseTolerantly(text);
    }

    private static Instant held(@Nullable String until) {
        return until == null ? Instant.EPOCH : TimeText.parseTolerantly(until);
    }

    static List<StoredReaction> list(Session session, Rig rig, String reactor, StoredReaction.State state, int limit)
            throws SQLException {
        return session.query(
                "SELECT sequence, position, key, due, attempts, reason FROM {s}.reactions"
                        + " WHERE rig = ? AND reactor = ? AND state = ? ORDER BY due, sequence, position LIMIT ?",
                rows -> read(rows, state),
                rig.key(),
                reactor,
                stored(state),
                limit);
    }

    private static List<StoredReaction> read(ResultSet row, StoredReaction.State state) throws SQLException {
        List<StoredReaction> found = new ArrayList<>();
        while (row.next()) {
            found.add(new StoredReaction(
                    new ReactionId(row.getLong(1), row.getInt(2)),
                    row.getString(3),
                    TimeText.parseTolerantly(row.getString(4)),
                    state,
                    row.getInt(5),
                    row.getString(6)));
        }
        return found;
    }

    static void put(Session writer, Rig rig, String reactor, StoredReaction reaction) throws SQLException {
        writer.run(
                "INSERT INTO {s}.reactions (rig, reactor, sequence, position, key, due, state, attempts, reason)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (rig, reactor, sequence, position) DO UPDATE"
                        + " SET key = excluded.key, due = excluded.due, state = excluded.state,"
                        + " attempts = excluded.attempts, reason = excluded.reason",
                rig.key(),
                reactor,
                reaction.id().sequence(),
                reaction.id().index(),
                reaction.key(),
                reaction.due(),
                stored(reaction.state()),
                reaction.attempts(),
                reaction.reason());
    }

    /** Changes one that is there; false where it is not. */
    static boolean change(Session writer, Rig rig, String reactor, StoredReaction reaction) throws SQLException {
        return writer.run(
                        "UPDATE {s}.reactions SET due = ?, state = ?, attempts = ?, reason = ?" + ONE,
                        reaction.due(),
                        stored(reaction.state()),
                        reaction.attempts(),
                        reaction.reason(),
                        rig.key(),
                        reactor,
                        reaction.id().sequence(),
                        reaction.id().index())
                > 0;
    }

    /** Removes one, where the further condition allows it; false where there is no such one. */
    static boolean delete(Session writer, Rig rig, String reactor, ReactionId id, String condition)
            throws SQLException {
        return writer.run("DELETE FROM {s}.reactions" + ONE + condition, rig.key(), reactor, id.sequence(), id.index())
                > 0;
    }

    private static String stored(StoredReaction.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
