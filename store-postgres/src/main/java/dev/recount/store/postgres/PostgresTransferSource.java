package dev.recount.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recount.store.Appended;
import dev.recount.store.Receipt;
import dev.recount.transfer.Seal;
import dev.recount.transfer.Standing;
import dev.recount.transfer.TransferMarks;
import dev.recount.transfer.TransferRow;
import dev.recount.transfer.TransferSource;
import dev.recount.transfer.TransferState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log of a rig as its database has it. Thread-safe. */
final class PostgresTransferSource implements TransferSource {

    private static final long MAX_BYTES = 8_000_000;

    private static final String STATE = "SELECT log_id, created_at, head, encode(head_chain, 'hex'), floor,"
            + " encode(floor_chain, 'hex'), last_stored_at, state, transfer, moved_to FROM {s}.rigs WHERE rig = ?";

    // One statement sees one state; what the texts have together is cut off in the server.
    private static final String ROWS = "WITH log AS (SELECT rig, head, greatest(?::bigint, floor) AS low FROM {s}.rigs"
            + " WHERE rig = ?) SELECT p.* FROM log CROSS JOIN LATERAL (SELECT f.*, sum(f.size) OVER (ORDER BY f.sequence)"
            + " AS total FROM (SELECT e.sequence, e.type, e.version, e.tags, e.data, e.metadata, e.occurred_at,"
            + " e.stored_at, encode(e.chain, 'hex') AS chain, octet_length(e.tags) + octet_length(e.data)"
            + " + octet_length(e.metadata) AS size FROM {s}.events e WHERE e.rig = log.rig AND e.sequence > log.low"
            + " AND e.sequence <= log.head ORDER BY e.sequence LIMIT ?) f) p WHERE p.total - p.size <= ?"
            + " ORDER BY p.sequence";

    private static final String RECEIPTS = "SELECT key, fingerprint, first, last FROM {s}.receipts"
            + " WHERE rig = ? AND key > ? AND last >= ? ORDER BY key LIMIT ?";

    private final PostgresEventStore store;
    private final Rig rig;

    PostgresTransferSource(PostgresEventStore store) {
        this.store = store;
        this.rig = store.rig();
    }

    @Override
    public TransferState state() {
        return store.look(this::state);
    }

    private TransferState state(Session session) throws SQLException {
        return session.query(STATE, row -> state(rig.require(row)), rig.key());
    }

    private static TransferState state(ResultSet row) throws SQLException {
        Standing standing = standing(RigState.of(row.getString(8)));
        Optional<Seal> seal = standing == Standing.SEALED
                ? Optional.of(new Seal(text(row.getString(9), ""), text(row.getString(10), "another database")))
                : Optional.empty();
        return new TransferState(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                row.getLong(5),
                row.getString(6),
                row.getString(7),
                standing,
                seal);
    }

    private static String text(@Nullable String found, String otherwise) {
        return found == null ? otherwise : found;
    }

    private static Standing standing(RigState state) {
        return switch (state) {
            case OPEN -> Standing.OPEN;
            case SEALED -> Standing.SEALED;
            case ARRIVING, COPY -> Standing.COPY;
        };
    }

    @Override
    public List<TransferRow> rows(long after, int limit) {
        return store.look(
                session -> session.query(ROWS, PostgresTransferSource::rows, after, rig.key(), limit, MAX_BYTES));
    }

    private static List<TransferRow> rows(ResultSet row) throws SQLException {
        List<TransferRow> read = new ArrayList<>();
        while (row.next()) {
            read.add(new TransferRow(
                    row.getLong(1),
                    row.getString(2),
                    row.getInt(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7),
                    row.getString(8),
                    row.getString(9)));
        }
        return read;
    }

    @Override
    public Optional<String> chainAt(long sequence) {
        return store.chainAt(sequence);
    }

    @Override
    public List<Receipt> receipts(Optional<String> after, long since, int limit) {
        // No key is as short as the one before the first.
        byte[] key = Session.utf8(after.orElse(""));
        return store.look(
                session -> session.query(RECEIPTS, PostgresTransferSource::receipts, rig.key(), key, since, limit));
    }

    private static List<Receipt> receipts(ResultSet row) throws SQLException {
        List<Receipt> read = new ArrayList<>();
        while (row.next()) {
            Appended outcome = new Appended(row.getLong(3), row.getLong(4), false);
            read.add(new Receipt(new String(row.getBytes(1), UTF_8), row.getString(2), outcome));
        }
        return read;
    }

    @Override
    public TransferMarks marks() {
        return store.look(session -> RigMarks.read(session, rig));
    }

    @Override
    public TransferState seal(Seal seal) {
        return store.writeAgain(session -> {
            LogHead.lockInAnyState(session, rig, store.busyTimeout());
            // Waits for reactors, too, which share the rig's key while they write.
            session.number("SELECT rig FROM {s}.rigs WHERE rig = ? FOR UPDATE", rig.key());
            TransferState now = state(session);
            if (now.standing() == Standing.OPEN) {
                session.run(
                        "UPDATE {s}.rigs SET state = 'sealed', transfer = ?, moved_to = ? WHERE rig = ?",
                        seal.transfer(),
                        seal.movedTo(),
                        rig.key());
                return state(session);
            }
            return requireSame(now, seal);
        });
    }

    private TransferState requireSame(TransferState now, Seal seal) {
        if (now.standing() == Standing.COPY) {
            throw new IllegalStateException(rig + " is a copy itself, so it cannot be moved. Move it from its source.");
        }
        if (now.seal().filter(known -> known.transfer().equals(seal.transfer())).isEmpty()) {
            throw new IllegalStateException(rig + " was moved to "
                    + now.seal().map(Seal::movedTo).orElse("another database") + " already. Move it on from there.");
        }
        return now;
    }
}
