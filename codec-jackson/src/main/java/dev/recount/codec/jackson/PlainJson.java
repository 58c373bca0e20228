package dev.recount.codec.jackson;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON in the one form in which this codec writes it: without spaces, and numbers without exponents. Whatever is not exactly so
 * gives null or false, and is for Jackson to read or to refuse. Not thread-safe.
 */
final class PlainJson {

    /** What no number is. */
    static final long NONE = Long.MIN_VALUE;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final int LONGEST_TIME = 30;
    private static final char UNREADABLE = '\uFFFD';

    private final byte[] utf8;
    private final char[] time = new char[LONGEST_TIME];
    private int at;
    private int end;

    PlainJson(byte[] utf8) {
        this.utf8 = utf8;
    }

    /** The value that is all there is between two places. */
    @Nullable
    Object readAll(PlainValue value, int from, int to) {
        at = from;
        end = to;
        Object read = value.read(this);
        return at == end ? read : null;
    }

    /** Goes over a character where it comes next. */
    boolean skip(char expected) {
        if (at < end && utf8[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    /** Goes over what is in an array, from some place on, where it comes next. */
    boolean skip(byte[] expected, int from) {
        int after = at + expected.length - from;
        if (after <= end && Arrays.equals(utf8, at, after, expected, from, expected.length)) {
            at = after;
            return true;
        }
        return false;
    }

    @Nullable
    String text() {
        if (!skip('"')) {
            return null;
        }
        int from = at;
        at = endOfSimple(from);
        if (skip('"')) {
            return new String(utf8, from, at - 1 - from, ISO_8859_1);
        }
        boolean escaped = goToEndOfText();
        if (!skip('"')) {
            return null;
        }
        String text = new String(utf8, from, at - 1 - from, UTF_8);
        if (text.indexOf(UNREADABLE) >= 0) {
            return null;
        }
        return escaped ? PlainEscapes.resolve(text) : text;
    }

    // Where the first byte is that ends a text or is no character of its own; eight at a time, as texts are most of
    // all.
    private int endOfSimple(int from) {
        int i = from;
        while (i <= end - Long.BYTES) {
            long found = special((long) EIGHT.get(utf8, i));
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            i += Long.BYTES;
        }
        while (i < end && utf8[i] >= ' ' && utf8[i] != '"' && utf8[i] != '\\') {
            i++;
        }
        return i;
    }

    // The highest bit of each byte that is a quote, a backslash, a control character or not ASCII. Above the first one
    // there
    // may be others that are none.
    private static long special(long eight) {
        long quotes = eight ^ ONES * '"';
        long backslashes = eight ^ ONES * '\\';
        return ((quotes - ONES) | (backslashes - ONES) | (eight - ONES * ' ') | eight) & HIGH_BITS;
    }

    // Whether there are escapes before it.
    private boolean goToEndOfText() {
        boolean escaped = false;
        while (at < end && utf8[at] != '"' && (utf8[at] >= ' ' || utf8[at] < 0)) {
            boolean escapes = utf8[at] == '\\';
            escaped |= escapes;
            at += escapes ? 2 : 1;
        }
        return escaped;
    }

    @Nullable
    Instant time() {
        if (!skip('"')) {
            return null;
        }
        int length = 0;
        while (length < LONGEST_TIME && at < end && utf8[at] != '"') {
            time[length++] = (char) utf8[at++];
        }
        return skip('"') ? InstantText.parse(time, 0, length) : null;
    }

    /** A whole number; {@link #NONE} where there is none that fits. */
    long number() {
        int sign = skip('-') ? -1 : 1;
        int from = at;
        long value = 0;
        while (isDigit() && value < Long.MAX_VALUE / 10) {
            value = value * 10 + utf8[at++] - '0';
        }
        boolean isPlain = isWhole(from) && (sign > 0 || utf8[from] != '0');
        return isPlain && !goesOn() ? sign * value : NONE;
    }

    @Nullable
    Double fraction() {
        int from = at;
        int first = skip('-') ? from + 1 : from;
        goOverDigits();
        boolean isPlain = isWhole(first) && skip('.') && isDigit();
        goOverDigits();
        if (!isPlain || goesOn()) {
            return null;
        }
        double value = Double.parseDouble(new String(utf8, from, at - from, ISO_8859_1));
        return Double.isFinite(value) ? value : null;
    }

    // No zeros may be in front.
    private boolean isWhole(int first) {
        return at > first && (utf8[first] != '0' || at == first + 1);
    }

    private void goOverDigits() {
        while (isDigit()) {
            at++;
        }
    }

    private boolean isDigit() {
        return at < end && utf8[at] >= '0' && utf8[at] <= '9';
    }

    // With more digits than there is room for, a fraction or an exponent.
    private boolean goesOn() {
        return isDigit() || (at < end && (utf8[at] == '.' || utf8[at] == 'e' || utf8[at] == 'E'));
    }
}
