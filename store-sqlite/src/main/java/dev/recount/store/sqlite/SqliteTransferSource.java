package dev.recount.store.sqlite;

import dev.recount.internal.log.EventRow;
import dev.recount.store.Receipt;
import dev.recount.transfer.Seal;
import dev.recount.transfer.Standing;
import dev.recount.transfer.TransferMarks;
import dev.recount.transfer.TransferRow;
import dev.recount.transfer.TransferSource;
import dev.recount.transfer.TransferState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The log of a store as its file has it. Thread-safe. */
final class SqliteTransferSource implements TransferSource {

    private static final int MAX_CHARACTERS = 4_000_000;

    private static final String ROWS = "SELECT " + EventColumns.ALL + ", e.chain FROM recount_events e"
            + " WHERE e.sequence > max(?, (SELECT floor FROM recount_log))"
            + " AND e.sequence <= (SELECT head FROM recount_log) ORDER BY e.sequence LIMIT ?";

    private final SqliteEventStore store;
    private final InstantSource clock;

    SqliteTransferSource(SqliteEventStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public TransferState state() {
        return store.look(reader -> OneView.of(reader, this::state));
    }

    private TransferState state(Session session) throws SQLException {
        LogRow log = LogRow.load(session, store.opened().path());
        Optional<Seal> seal = LogSeal.find(session);
        return new TransferState(
                log.logId(),
                session.text("SELECT created_at FROM recount_log").orElse(""),
                log.head(),
                log.headChain(),
                log.floor(),
                log.floorChain(),
                log.lastStoredAt(),
                seal.isPresent() ? Standing.SEALED : Standing.OPEN,
                seal);
    }

    @Override
    public List<TransferRow> rows(long after, int limit) {
        return store.look(session -> {
            try (ResultSet rows = session.prepare(ROWS, after, limit).executeQuery()) {
                return read(rows);
            }
        });
    }

    private static List<TransferRow> read(ResultSet rows) throws SQLException {
        List<TransferRow> read = new ArrayList<>();
        long characters = 0;
        while (characters < MAX_CHARACTERS && rows.next()) {
            TransferRow row = row(rows);
            read.add(row);
            characters += row.size();
        }
        return read;
    }

    private static TransferRow row(ResultSet rows) throws SQLException {
        EventRow row = EventColumns.read(rows);
        return new TransferRow(
                row.sequence(),
                row.type(),
                row.version(),
                row.tags(),
                row.data(),
                row.metadata(),
                row.occurredAt(),
                row.storedAt(),
                HexFormat.of().formatHex(rows.getBytes(9)));
    }

    @Override
    public Optional<String> chainAt(long sequence) {
        return store.chainAt(sequence);
    }

    @Override
    public List<Receipt> receipts(Optional<String> after, long since, int limit) {
        return store.look(session -> Receipts.since(session, after, since, limit));
    }

    @Override
    public TransferMarks marks() {
        return store.look(reader -> OneView.of(reader, TransferredMarks::of));
    }

    @Override
    public TransferState seal(Seal seal) {
        return store.write(session -> {
            Optional<Seal> there = LogSeal.find(session);
            if (there.isEmpty()) {
                LogSeal.put(session, seal, clock.instant());
            } else if (!there.get().transfer().equals(seal.transfer())) {
                throw new IllegalStateException(
                        "Log " + store + " was moved to " + there.get().movedTo() + " already. Move it on from there.");
            }
            return state(session);
        });
    }
}
