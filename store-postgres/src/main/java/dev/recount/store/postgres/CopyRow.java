package dev.recount.store.postgres;

import dev.recount.internal.log.TimeText;
import dev.recount.transfer.Standing;
import dev.recount.transfer.TransferState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * What the row of a rig says of where its log comes from. Immutable.
 *
 * @param transfer the id of the transfer that it was last a part of; empty where it never was
 */
record CopyRow(Rig rig, String logId, long head, RigState state, String transfer) {

    private static final String FIND =
            "SELECT rig, name, log_id, head, state, coalesce(transfer, '') FROM {s}.rigs WHERE ";

    private static final String CREATE = "INSERT INTO {s}.rigs (name, log_id, created_at, head, head_chain, floor,"
            + " floor_chain, last_stored_at, state, transfer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'copy', ?)"
            + " ON CONFLICT DO NOTHING";

    /** The row of that name, which is a copy of that log, or was one. */
    static CopyRow findOrCreate(Session session, String name, TransferState source) throws SQLException {
        Optional<CopyRow> known = session.query(FIND + "name = ?", CopyRow::read, name);
        // An insert that finds one there uses up a number of those that rigs are kept by.
        if (known.isEmpty()) {
            create(session, name, source);
            known = session.query(FIND + "name = ?", CopyRow::read, name);
        }
        CopyRow found = known.orElseThrow(() -> underAnotherName(session, name, source));
        found.requireLog(source);
        if (found.state != RigState.SEALED) {
            return found;
        }
        if (source.standing() == Standing.SEALED) {
            throw new IllegalStateException(found.rig
                    + " was moved on from there, and its source is sealed, too. Look for it where it is now.");
        }
        return found.again(session);
    }

    private static void create(Session session, String name, TransferState source) throws SQLException {
        byte[] floorChain = HexFormat.of().parseHex(source.floorChain());
        session.run(
                CREATE,
                name,
                source.logId(),
                source.createdAt(),
                source.floor(),
                floorChain,
                source.floor(),
                floorChain,
                TimeText.EARLIEST_TEXT,
                UUID.randomUUID().toString());
    }

    private static IllegalStateException underAnotherName(Session session, String name, TransferState source) {
        return new IllegalStateException("Rig '" + name + "' cannot be a copy of log " + source.logId() + ": rig '"
                + nameOf(session, source) + "' of this schema is that log already. Give that name.");
    }

    private static String nameOf(Session session, TransferState source) {
        try {
            return session.query(FIND + "log_id = ?", CopyRow::read, source.logId())
                    .map(other -> other.rig.name())
                    .orElse("?");
        } catch (SQLException e) {
            throw PostgresErrors.of(e, "Schema");
        }
    }

    private void requireLog(TransferState source) {
        if (!logId.equals(source.logId())) {
            throw new IllegalStateException(rig + " is another log there: its id is " + logId
                    + ", and that of the source is " + source.logId()
                    + ". Give a name or a schema in which there is no such rig.");
        }
    }

    // The log comes back to where it was moved away from.
    private CopyRow again(Session session) throws SQLException {
        String next = UUID.randomUUID().toString();
        session.run("UPDATE {s}.rigs SET state = 'copy', transfer = ?, moved_to = NULL WHERE rig = ?", next, rig.key());
        return new CopyRow(rig, logId, head, RigState.COPY, next);
    }

    /** The row of a rig, with its lock. */
    static CopyRow lock(Session session, Rig rig, Duration timeout) throws SQLException {
        LogHead.lockInAnyState(session, rig, timeout);
        return find(session, rig);
    }

    /** The row of a rig. */
    static CopyRow find(Session session, Rig rig) throws SQLException {
        return session.query(FIND + "rig = ?", CopyRow::read, rig.key()).orElseThrow();
    }

    private static Optional<CopyRow> read(ResultSet row) throws SQLException {
        return row.next()
                ? Optional.of(new CopyRow(
                        new Rig(row.getInt(1), row.getString(2)),
                        row.getString(3),
                        row.getLong(4),
                        RigState.of(row.getString(5)),
                        row.getString(6)))
                : Optional.empty();
    }

    /** Refuses to go on where another transfer has begun since. */
    void requireTransfer(String begun) {
        if (!transfer.equals(begun)) {
            throw new IllegalStateException(
                    rig + " was made a copy by another transfer since this one began. Transfer again.");
        }
    }
}
