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

    static final String INTO_EVENTS = "INSERT INTO {s}.events"
            + " (rig, sequence, type, version, tags, data, metadata, occurred_at, stored_at, chain)";
    static final String INTO_TAGS = "INSERT INTO {s}.event_tags (rig, tag, sequence)";

    static final String EVENTS = INTO_EVENTS + " SELECT ?, u.* FROM unnest(?::bigint[], ?::text[], ?::integer[],"
            + " ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[]) AS u";
    static final String TAGS = INTO_TAGS + " SELECT ?, u.* FROM unnest(?::text[], ?::bigint[]) AS u";
    static final String RECEIPTS = "INSERT INTO {s}.receipts (rig, key, fingerprint, first, last)"
            + " SELECT ?, u.* FROM unnest(?::bytea[], ?::text[], ?::bigint[], ?::bigint[]) AS u";
    static final String HEAD = "UPDATE {s}.rigs SET head = ?, head_chain = ?, last_stored_at = ? WHERE rig = ?";

    private static final String WRITE = String.join("; ", EVENTS, TAGS, RECEIPTS, HEAD);

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

    /** Writes them all, and how far the rig is with them; in a transaction that holds the rig. */
    void write(Session session, LogHead next) throws SQLException {
        if (events.isEmpty() && receipts.isEmpty()) {
            return;
        }
        List<@Nullable Object> all = new ArrayList<>();
        all.add(rig.key());
        addEvents(all);
        all.add(rig.key());
        addTags(all);
        all.add(rig.key());
        addReceipts(all);
        addHead(all, next);
        session.runEach(WRITE, all.toArray());
        clear();
    }

    private void clear() {
        events.clear();
        chains.clear();
        tags.clear();
        tagged.clear();
        receipts.clear();
        characters = 0;
    }

    /** Whether there is one event. */
    boolean isOne() {
        return events.size() == 1;
    }

    boolean hasTags() {
        return !tags.isEmpty();
    }

    boolean hasReceipts() {
        return !receipts.isEmpty();
    }

    /** The values of the one event, as those of a row. */
    void addEvent(List<@Nullable Object> all) {
        EventRow row = events.get(0);
        all.addAll(List.of(row.sequence(), row.type(), row.version(), row.tags(), row.data(), row.metadata()));
        all.addAll(List.of(row.occurredAt(), row.storedAt(), chains.get(0)));
    }

    /** The values of {@link #EVENTS}. */
    void addEvents(List<@Nullable Object> all) {
        all.add(events.stream().map(EventRow::sequence).toArray(Long[]::new));
        all.add(events.stream().map(EventRow::type).toArray(String[]::new));
        all.add(events.stream().map(EventRow::version).toArray(Integer[]::new));
        all.add(events.stream().map(EventRow::tags).toArray(String[]::new));
        all.add(events.stream().map(EventRow::data).toArray(String[]::new));
        all.add(events.stream().map(EventRow::metadata).toArray(String[]::new));
        all.add(events.stream().map(EventRow::occurredAt).toArray(String[]::new));
        all.add(events.stream().map(EventRow::storedAt).toArray(String[]::new));
        all.add(chains.toArray(byte[][]::new));
    }

    /** The values of {@link #TAGS}. */
    void addTags(List<@Nullable Object> all) {
        all.add(tags());
        all.add(tagged.toArray(Long[]::new));
    }

    String[] tags() {
        return tags.toArray(String[]::new);
    }

    /** The values of {@link #RECEIPTS}. */
    void addReceipts(List<@Nullable Object> all) {
        all.add(receiptKeys());
        all.add(receipts.stream().map(Receipt::fingerprint).toArray(String[]::new));
        all.add(receipts.stream().map(receipt -> receipt.outcome().first()).toArray(Long[]::new));
        all.add(receipts.stream().map(receipt -> receipt.outcome().last()).toArray(Long[]::new));
    }

    private byte[][] receiptKeys() {
        return receipts.stream().map(receipt -> Session.utf8(receipt.key())).toArray(byte[][]::new);
    }

    /** The values of {@link #HEAD}. */
    void addHead(List<@Nullable Object> all, LogHead next) {
        all.add(next.sequence());
        all.add(next.chain());
        all.add(next.lastStoredAt());
        all.add(rig.key());
    }
}
