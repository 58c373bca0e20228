package dev.recount.store.postgres;

import dev.recount.internal.log.EventRow;
import dev.recount.internal.log.HashChain;
import dev.recount.store.LogCorrupt;
import dev.recount.store.Receipt;
import dev.recount.transfer.TransferMarks;
import dev.recount.transfer.TransferRow;
import dev.recount.transfer.TransferState;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Takes a log in as it is stored elsewhere. Each call is a transaction of its own, may be done again, and goes on from what is there; so
 * who is killed between any two leaves a shorter copy, and several at once do no more than one. Not thread-safe.
 */
final class RigIntake {

    private static final String SAVE_RECEIPTS = "INSERT INTO {s}.receipts (rig, key, fingerprint, first, last)"
            + " SELECT ?, u.* FROM unnest(?::bytea[], ?::text[], ?::bigint[], ?::bigint[]) AS u ON CONFLICT DO NOTHING";

    private static final String MOVE_FLOOR = "UPDATE {s}.rigs SET head = greatest(head, ?),"
            + " head_chain = CASE WHEN head < ? THEN ? ELSE head_chain END, floor = ?, floor_chain = ? WHERE rig = ?";

    private final PostgresTown town;
    private final Rig rig;
    private final CopyRow row;
    private final Guard guard;
    private long head;

    private RigIntake(PostgresTown town, CopyRow row, Guard guard) {
        this.town = town;
        this.rig = row.rig();
        this.row = row;
        this.guard = guard;
        this.head = row.head();
    }

    /** Refuses to go on with a rig that is not to be written to. */
    private interface Guard {
        void check(Session session, LogHead head) throws SQLException;
    }

    /**
     * The copy of a log, made where there is none.
     *
     * @throws IllegalStateException where the name or the log's id stands for something else there
     */
    static RigIntake begin(PostgresTown town, String name, TransferState source) {
        CopyRow row = town.database()
                .writeAgain("Rig '" + name + "'", session -> CopyRow.findOrCreate(session, name, source));
        return new RigIntake(town, row, (session, head) -> requireCopy(session, row.rig(), head));
    }

    /** What a move of that generation brings to its target. */
    static RigIntake arriving(PostgresTown town, Rig rig, long generation) {
        CopyRow row = town.database().read(rig.toString(), session -> CopyRow.find(session, rig));
        return new RigIntake(town, row, (session, head) -> RigState.requireArriving(session, rig, head, generation));
    }

    private static void requireCopy(Session session, Rig rig, LogHead head) throws SQLException {
        if (head.state() != RigState.COPY) {
            throw new IllegalStateException(rig + " is no copy any more: it is "
                    + head.state().text() + ". Another transfer has ended it; look at what it is now.");
        }
        session.runAll(TransferText.ALLOW);
    }

    /** The row of the rig as it was found. */
    CopyRow row() {
        return row;
    }

    /** Up to where events were taken in. */
    long head() {
        return head;
    }

    /** The hash there, in hexadecimal. */
    Optional<String> chainAtHead() {
        return town.database().read(rig.toString(), session -> rig.chainAt(session, head));
    }

    /**
     * Takes the next events in; those that are there are passed over.
     *
     * @throws IllegalStateException where they do not follow, or the rig is no copy any more
     * @throws LogCorrupt where one is not what its hash covers
     */
    void take(List<TransferRow> rows) {
        head = town.database().writeAgain(rig.toString(), session -> take(session, rows));
        town.grown(rig, head);
    }

    private long take(Session session, List<TransferRow> rows) throws SQLException {
        LogHead before = lock(session);
        HashChain chain = new HashChain(before.chain());
        PendingRows pending = new PendingRows(rig);
        long last = before.sequence();
        String storedAt = before.lastStoredAt();
        for (TransferRow next : rows) {
            if (next.sequence() > last) {
                requireNext(next.sequence(), last);
                EventRow event = event(next);
                pending.add(event, verified(next, chain.next(event)), EventRow.readTags(next.tags()));
                last = next.sequence();
                storedAt = next.storedAt().compareTo(storedAt) > 0 ? next.storedAt() : storedAt;
            }
            if (pending.isFull()) {
                pending.write(session, before.grownTo(last, chain.last(), storedAt));
            }
        }
        pending.write(session, before.grownTo(last, chain.last(), storedAt));
        return last;
    }

    private LogHead lock(Session session) throws SQLException {
        LogHead head =
                LogHead.lockInAnyState(session, rig, town.database().options().busyTimeout());
        guard.check(session, head);
        return head;
    }

    private void requireNext(long sequence, long last) {
        if (sequence != last + 1) {
            throw new IllegalStateException("Event " + sequence + " does not follow " + last + ", up to which " + rig
                    + " is a copy: the source has no event between them any more. Where retention removed them, copy"
                    + " into a schema that has no such rig.");
        }
    }

    private static EventRow event(TransferRow row) {
        return new EventRow(
                row.sequence(),
                row.type(),
                row.version(),
                row.tags(),
                row.data(),
                row.metadata(),
                row.occurredAt(),
                row.storedAt());
    }

    private static byte[] verified(TransferRow row, byte[] hash) {
        if (!HexFormat.of().formatHex(hash).equals(row.chain())) {
            throw new LogCorrupt(
                    "Event " + row.sequence() + " of the source is not what its hash covers, so nothing from it on is"
                            + " taken in. Check the source, and restore it from a backup.",
                    null);
        }
        return hash;
    }

    /** Takes receipts in; those that are there are passed over. */
    void takeReceipts(List<Receipt> receipts) {
        town.database().writeAgain(rig.toString(), session -> {
            lock(session);
            return session.run(
                    SAVE_RECEIPTS,
                    rig.key(),
                    receipts.stream().map(each -> Session.utf8(each.key())).toArray(byte[][]::new),
                    receipts.stream().map(Receipt::fingerprint).toArray(String[]::new),
                    receipts.stream().map(each -> each.outcome().first()).toArray(Long[]::new),
                    receipts.stream().map(each -> each.outcome().last()).toArray(Long[]::new));
        });
    }

    /** Removes what retention has removed from the source: all up to its floor, which may be above all that is here. */
    void moveFloor(TransferState source) {
        byte[] chain = HexFormat.of().parseHex(source.floorChain());
        head = town.database().writeAgain(rig.toString(), session -> {
            LogHead before = lock(session);
            if (before.floor() < source.floor()) {
                session.run(MOVE_FLOOR, source.floor(), source.floor(), chain, source.floor(), chain, rig.key());
                session.run("DELETE FROM {s}.event_tags WHERE rig = ? AND sequence <= ?", rig.key(), source.floor());
                session.run("DELETE FROM {s}.events WHERE rig = ? AND sequence <= ?", rig.key(), source.floor());
            }
            return Math.max(before.sequence(), source.floor());
        });
    }

    /**
     * Has the copy of a log that was sealed at that state all that goes with it.
     *
     * @throws IllegalStateException where the copy is not the whole log
     */
    void complete(TransferState sealed, TransferMarks marks) {
        town.database().writeAgain(rig.toString(), session -> {
            complete(session, sealed, marks);
            return true;
        });
    }

    private void complete(Session session, TransferState sealed, TransferMarks marks) throws SQLException {
        requireWhole(sealed, lock(session));
        requireReceipts(marks.receipts(), RigMarks.receipts(session, rig));
        RigMarks.replace(session, rig, marks);
        session.run(
                "UPDATE {s}.rigs SET last_stored_at = greatest(last_stored_at, ?) WHERE rig = ?",
                sealed.lastStoredAt(),
                rig.key());
    }

    /**
     * Opens the copy of a log that was sealed at that state, with all that goes with it; does nothing where it is open already.
     *
     * @throws IllegalStateException where the copy is not the whole log, or was begun by another transfer
     */
    void open(TransferState sealed, TransferMarks marks) {
        town.database().writeAgain(rig.toString(), session -> {
            CopyRow now = CopyRow.lock(session, rig, town.database().options().busyTimeout());
            now.requireTransfer(row.transfer());
            if (now.state() != RigState.OPEN) {
                complete(session, sealed, marks);
                session.run("UPDATE {s}.rigs SET state = 'open' WHERE rig = ?", rig.key());
            }
            return true;
        });
    }

    private void requireWhole(TransferState sealed, LogHead copy) {
        String chain = HexFormat.of().formatHex(copy.chain());
        if (copy.sequence() != sealed.head() || !chain.equals(sealed.headChain())) {
            throw new IllegalStateException(rig + " is not the whole log: it has the events up to " + copy.sequence()
                    + " (" + chain + "), and its source was sealed at " + sealed.head() + " (" + sealed.headChain()
                    + "). It stays closed; transfer again.");
        }
    }

    private void requireReceipts(long wanted, long found) {
        if (wanted != found) {
            throw new IllegalStateException(rig + " has " + found + " receipts, and its source has " + wanted
                    + ". It stays closed; transfer again.");
        }
    }
}
