package dev.recount.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The events that a statement gave in one value: of each its sequence, its version and its texts, with separators between them.
 *
 * <p>The separators are the proof. A text that another hand wrote may hold one; then there are more of them than so many events have.
 * Where they do not come in exactly the right number and order, or where an event was too large to be packed, the events up to there
 * are given, or none, and the rest is to be read row by row. Immutable, as long as nobody changes the bytes.
 */
final class PackedRows {

    /** How many events are asked for at once, at most: enough that a statement of its own costs little for each. */
    static final int CHUNK = 1_001;

    private static final byte[] NOTHING = {};

    private final byte[] bytes;
    private final EventForm form;
    private final Window part;
    private final int count;
    private final int parts;
    // Where the parts end, event by event.
    private final int[] ends;
    private boolean ascii;
    private int size;
    private boolean whole;

    private PackedRows(byte[] bytes, int count, EventForm form, Window part) {
        this.bytes = bytes;
        this.form = form;
        this.part = part;
        this.count = count;
        this.parts = form.parts();
        this.ends = new int[count * parts];
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
        PackedRows rows = new PackedRows(bytes, count, form, part);
        if (count == 0) {
            rows.whole = bytes.length == 0;
        } else if (rows.split()) {
            rows.take();
        }
        return rows;
    }

    /** How many events the statement found. */
    int count() {
        return count;
    }

    /** How many of them are here: all up to the first that was too large. */
    int size() {
        return size;
    }

    /** Whether these are all that the statement found. */
    boolean isWhole() {
        return whole;
    }

    /** Whether every byte is a character. */
    boolean isAscii() {
        return ascii;
    }

    byte[] bytes() {
        return bytes;
    }

    long sequence(int row) {
        return form.isSequenced() ? number(row * parts) : part.after() + 1 + row;
    }

    int version(int row) {
        return (int) number(form.isSequenced() ? row * parts + 1 : row * parts);
    }

    int start(int row, int text) {
        return startOf(row * parts + parts - form.texts() + text);
    }

    int end(int row, int text) {
        return ends[row * parts + parts - form.texts() + text];
    }

    /** How many bytes the texts of an event have. */
    int size(int row) {
        return end(row, form.texts() - 1) - start(row, 0);
    }

    private int startOf(int index) {
        return index == 0 ? 0 : ends[index - 1] + 1;
    }

    // Whether the separators are those of as many events.
    private boolean split() {
        Separators separators = new Separators(bytes);
        int last = ends.length - 1;
        for (int i = 0; i < last; i++) {
            int at = separators.next();
            if (at < 0 || bytes[at] != ((i + 1) % parts == 0 ? EventForm.ROW : EventForm.PART)) {
                return false;
            }
            ends[i] = at;
        }
        ends[last] = bytes.length;
        boolean isAll = separators.next() < 0;
        ascii = separators.sawAsciiOnly();
        return isAll;
    }

    private void take() {
        long before = part.newestFirst() ? Long.MAX_VALUE : part.after();
        int row = 0;
        while (row < count && bytes[startOf(row * parts)] != EventForm.TOO_LARGE) {
            long sequence = sequence(row);
            boolean follows = part.newestFirst() ? sequence < before : sequence > before;
            if (!follows || sequence <= part.after() || sequence > part.until() || !hasNumbers(row)) {
                return;
            }
            before = sequence;
            row++;
        }
        size = row;
        whole = row == count;
    }

    // A file in another encoding has other bytes between the digits.
    private boolean hasNumbers(int row) {
        for (int index = row * parts; index < (row + 1) * parts - form.texts(); index++) {
            int at = startOf(index);
            for (int i = bytes[at] == '-' ? at + 1 : at; i < ends[index]; i++) {
                if (bytes[i] < '0' || bytes[i] > '9') {
                    return false;
                }
            }
        }
        return true;
    }

    private long number(int index) {
        int at = startOf(index);
        boolean negative = at < ends[index] && bytes[at] == '-';
        long value = 0;
        for (int i = negative ? at + 1 : at; i < ends[index]; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return negative ? -value : value;
    }
}
