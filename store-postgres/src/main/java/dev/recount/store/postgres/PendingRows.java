package dev.recount.store.postgres;

import dev.recount.event.Tags;
import dev.recount.internal.log.EventRow;
import dev.recount.store.Receipt;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that are to be written by one statement. Not thread-safe. */
final class PendingRows {

    private static final int MAX_ROWS = 1_000;
    private static final long MAX_CHARACTERS = 4_000_000;

    // The longest key of an index entry is a third of a page. What is longer is found by its digest, which has no colon
    // and so is nobody's tag.
    private static final int LONGEST_TAG = 600;

    private static final String WRITE = "INSERT INTO {s}.events"
            + " (rig, sequence, type, version, tags, data, metadata, occurred_at, stored_at, chain)"
            + " SELECT ?, u.sequence, u.type, u.version, u.tags, u.data, u.metadata, u.occurred_at, u.stored_at, u.chain"
            + " FROM unnest(?::bigint[], ?::text[], ?::integer[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],"
            + " ?::bytea[]) AS u(sequence, type, version, tags, data, metadata, occurred_at, stored_at, chain);"
            + " INSERT INTO {s}.event_tags (rig, tag, sequence)"
            + " SELECT ?, u.tag, u.sequence FROM unnest(?::text[], ?::bigint[]) AS u(tag, sequence);"
            + " INSERT INTO {s}.receipts (rig, key, fingerprint, first, last)"
            + " SELECT ?, u.* FROM unnest(?::bytea[], ?::text[], ?::bigint[], ?::bigint[]) AS u;"
            + " UPDATE {s}.rigs SET head = ?, head_chain = ?, last_stored_at = ? WHERE rig = ?";

    private final Rig rig;
    private final List<EventRow> events = new ArrayList<>();
    private final List<byte[]> chains = new ArrayList<>();
    private final List<String> tags = new ArrayList<>();
    private final List<Long> tagged = new ArrayList<>();
    private final List<Receipt> receipts = new ArrayList<>();
    private long characters;

    PendingRows(Rig rig) {
        this.rig = rig;
    }

    void add(EventRow row, byte[] chain, Tags ofRow) {
        events.add(row);
        chains.add(chain);
        for (String tag : ofRow.asList()) {
            tags.add(indexed(tag));
            tagged.add(row.sequence());
        }
        characters += row.size();
    }

    void add(Receipt receipt) {
        receipts.add(receipt);
    }

    /** As what a tag is found. */
    static String indexed(String tag) {
        return tag.length() <= LONGEST_TAG ? tag : HexFormat.of().formatHex(Migration.sha256(tag));
    }

    boolean isFull() {
        return events.size() >= MAX_ROWS || characters >= MAX_CHARACTERS;
    }

    /** Writes them all, and how far the rig is with them. */
    void write(Session session, long head, byte[] chain, String storedAt) throws SQLException {
        if (events.isEmpty() && receipts.isEmpty()) {
            return;
        }
        session.query(WRITE, nothing -> true, arguments(head, chain, storedAt));
        events.clear();
        chains.clear();
        tags.clear();
        tagged.clear();
        receipts.clear();
        characters = 0;
    }

    private @Nullable Object[] arguments(long head, byte[] chain, String storedAt) {
        List<@Nullable Object> all = new ArrayList<>();
        all.add(rig.key());
        all.add(events.stream().map(EventRow::sequence).toArray(Long[]::new));
        all.add(events.stream().map(EventRow::type).toArray(String[]::new));
        all.add(events.stream().map(EventRow::version).toArray(Integer[]::new));
        all.add(events.stream().map(EventRow::tags).toArray(String[]::new));
        all.add(events.stream().map(EventRow::data).toArray(String[]::new));
        all.add(events.stream().map(EventRow::metadata).toArray(String[]::new));
        all.add(events.stream().map(EventRow::occurredAt).toArray(String[]::new));
        all.add(events.stream().map(EventRow::storedAt).toArray(String[]::new));
        all.add(chains.toArray(byte[][]::new));
        all.add(rig.key());
        all.add(tags.toArray(String[]::new));
        all.add(tagged.toArray(Long[]::new));
        addReceipts(all);
        all.add(head);
        all.add(chain);
        all.add(storedAt);
        all.add(rig.key());
        return all.toArray();
    }

    private void addReceipts(List<@Nullable Object> all) {
        all.add(rig.key());
        all.add(receipts.stream().map(receipt -> Session.utf8(receipt.key())).toArray(byte[][]::new));
        all.add(receipts.stream().map(Receipt::fingerprint).toArray(String[]::new));
        all.add(receipts.stream().map(receipt -> receipt.outcome().first()).toArray(Long[]::new));
        all.add(receipts.stream().map(receipt -> receipt.outcome().last()).toArray(Long[]::new));
    }
}
