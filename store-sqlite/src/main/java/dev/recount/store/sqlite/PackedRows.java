package dev.recount.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The events that a statement gave in one value: for each its sequence, its version and the lengths of its texts, then the texts.
 *
 * <p>Its form is checked before any of it is used. Where it does not fit, or where an event was too large to be packed, the
 * events up to there are given, or none, and the rest is to be read row by row. Immutable, as long as nobody changes the bytes.
 */
final class PackedRows {

    /** How many events are asked for at once, at most: enough that a statement of its own costs little for each. */
    static final int CHUNK = 501;

    private static final byte[] NOTHING = {};

    private final byte[] bytes;
    private final int texts;
    private final long[] sequences;
    private final int[] versions;
    private final int[] starts;
    private final int[] ends;
    private int size;
    private boolean whole;
    private int at;

    private PackedRows(byte[] bytes, int texts, int count) {
        this.bytes = bytes;
        this.texts = texts;
        this.sequences = new long[count];
        this.versions = new int[count];
        this.starts = new int[count * texts];
        this.ends = new int[count * texts];
    }

    /** What a statement of that form gives of that part of the log. */
    static PackedRows fetch(PreparedStatement statement, EventForm form, Window part) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            byte @Nullable [] packed = row.getBytes(2);
            return of(packed == null ? NOTHING : packed, row.getInt(1), form, part);
        }
    }

    static PackedRows of(byte[] bytes, int count, EventForm form, Window part) {
        PackedRows rows = new PackedRows(bytes, form.texts(), count);
        rows.take(count, part);
        return rows;
    }

    /** How many events there are. */
    int size() {
        return size;
    }

    /** Whether these are all that the statement found. */
    boolean isWhole() {
        return whole;
    }

    byte[] bytes() {
        return bytes;
    }

    long sequence(int row) {
        return sequences[row];
    }

    int version(int row) {
        return versions[row];
    }

    int start(int row, int text) {
        return starts[row * texts + text];
    }

    int end(int row, int text) {
        return ends[row * texts + text];
    }

    /** How many bytes the texts of an event have. */
    int size(int row) {
        return end(row, texts - 1) - start(row, 0);
    }

    private void take(int count, Window part) {
        int row = 0;
        while (row < count && at < bytes.length && bytes[at] != EventForm.TOO_LARGE) {
            if (!takeRow(row, part)) {
                return;
            }
            row++;
        }
        boolean atEnd = row == count && at == bytes.length;
        if (atEnd || (row < count && at < bytes.length)) {
            size = row;
            whole = atEnd;
        }
    }

    private boolean takeRow(int row, Window part) {
        sequences[row] = number();
        versions[row] = (int) number();
        if (!isNext(row, part)) {
            return false;
        }
        int first = row * texts;
        for (int text = first; text < first + texts; text++) {
            ends[text] = (int) number();
        }
        for (int text = first; text < first + texts; text++) {
            int length = ends[text];
            if (length < 0 || length > bytes.length - at) {
                return false;
            }
            starts[text] = at;
            ends[text] = at + length;
            at += length + (text == first + texts - 1 ? 0 : 1);
        }
        return at <= bytes.length;
    }

    private boolean isNext(int row, Window part) {
        long sequence = sequences[row];
        if (sequence <= part.after() || sequence > part.until()) {
            return false;
        }
        return row == 0 || (part.newestFirst() ? sequence < sequences[row - 1] : sequence > sequences[row - 1]);
    }

    // The number that is next and the separator behind it; -1 where there is none.
    private long number() {
        int from = at;
        boolean negative = from < bytes.length && bytes[from] == '-';
        int i = negative ? from + 1 : from;
        long value = 0;
        while (i < bytes.length && bytes[i] >= '0' && bytes[i] <= '9') {
            value = value * 10 + bytes[i] - '0';
            i++;
        }
        if (i == bytes.length || bytes[i] != EventForm.SEPARATOR) {
            return -1;
        }
        at = i + 1;
        return negative ? -value : value;
    }
}
