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

/**
 * Takes a log in as it is stored elsewhere. Each call is a transaction of its own, may be done again, and goes on from what is there; so
 * who is killed between any two leaves a shorter copy, and several at once do no more than one. Not thread-safe.
 */
final class RigIntake {

    private static final String SAVE_RECEIPTS = "INSERT INTO {s}.receipts (rig, key, fingerprint, first, last)"
            + " SELECT ?, u.* FROM unnest(?::bytea[], ?::text[], ?::bigint[], ?::bigint[]) AS u ON CONFLICT DO NOTHING";

    private final PostgresTown town;
    private final Rig rig;
    private final CopyRow row;
    private long head;

    private RigIntake(PostgresTown town, Rig rig, CopyRow row) {
        this.town = town;
        this.rig = rig;
        this.row = row;
        this.head = row.head();
    }

    /**
     * The copy of a log, made where there is none.
     *
     * @throws IllegalStateException where the name or the log's id stands for something else there
     */
    static RigIntake begin(PostgresTown town, String name, TransferState source) {
        CopyRow row = town.database()
                .writeAgain("Rig '" + name + "'", session -> CopyRow.findOrCreate(session, name, source));
        return new RigIntake(town, row.rig(), row);
    }

    /** The row of the rig as it was found. */
    CopyRow row() {
        return row;
    }

    /** Up to where events were taken in. */
    long head() {
        return head;
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
                pending.write(session, last, chain.last(), storedAt);
            }
        }
        pending.write(session, last, chain.last(), storedAt);
        return last;
    }

    private LogHead lock(Session session) throws SQLException {
        LogHead head =
                LogHead.lockInAnyState(session, rig, town.database().options().busyTimeout());
        if (head.state() != RigState.COPY) {
            throw new IllegalStateException(rig + " is no copy any more: it is "
                    + head.state().text() + ". Another transfer has ended it; look at what it is now.");
        }
        session.runAll(TransferText.ALLOW);
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
                LogHead copy = lock(session);
                requireWhole(sealed, copy);
                requireReceipts(marks.receipts(), RigMarks.receipts(session, rig));
                RigMarks.replace(session, rig, marks);
                session.run(
                        "UPDATE {s}.rigs SET state = 'open', last_stored_at = greatest(last_stored_at, ?) WHERE rig = ?",
                        sealed.lastStoredAt(),
                        rig.key());
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
