package dev.recount.codec.jackson;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The usual text of a time: {@code 2026-03-03T10:00:00Z}, with 3, 6 or 9 digits after the second where they are needed. */
final class InstantText {

    private static final String PATTERN = "dddd-dd-ddTdd:dd:dd";
    private static final int SECONDS_A_DAY = 86_400;
    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private static final int[] POWERS = {
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
    };

    private InstantText() {}

    /** The text that {@link Instant#toString} gives. */
    static String of(Instant time) {
        long seconds = time.getEpochSecond();
        int nano = time.getNano();
        if (seconds < FIRST || seconds > LAST) {
            return time.toString();
        }
        int digits = digits(nano);
        int length = PATTERN.length() + (digits == 0 ? 0 : digits + 1) + 1;
        byte[] text = new byte[length];
        putSeconds(text, LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC));
        if (digits > 0) {
            text[PATTERN.length()] = '.';
            put(text, PATTERN.length() + 1, digits, nano / POWERS[9 - digits]);
        }
        text[length - 1] = 'Z';
        return new String(text, ISO_8859_1);
    }

    private static int digits(int nano) {
        if (nano == 0) {
            return 0;
        }
        return nano % 1_000_000 == 0 ? 3 : nano % 1_000 == 0 ? 6 : 9;
    }

    private static void putSeconds(byte[] text, LocalDateTime utc) {
        put(text, 0, 4, utc.getYear());
        text[4] = '-';
        put(text, 5, 2, utc.getMonthValue());
        text[7] = '-';
        put(text, 8, 2, utc.getDayOfMonth());
        text[10] = 'T';
        put(text, 11, 2, utc.getHour());
        text[13] = ':';
        put(text, 14, 2, utc.getMinute());
        text[16] = ':';
        put(text, 17, 2, utc.getSecond());
    }

    private static void put(byte[] text, int from, int digits, int value) {
        int rest = value;
        for (int i = from + digits - 1; i >= from; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** The time; null where the text is not of the usual form, though it may be a time all the same. */
    static @Nullable Instant parse(char[] text, int from, int length) {
        int fraction = length - PATTERN.length() - 1;
        if (fraction < 0 || fraction == 1 || fraction > 10 || text[from + length - 1] != 'Z' || !isUsual(text, from)) {
            return null;
        }
        int nano = fraction == 0 ? 0 : nano(text, from + PATTERN.length(), fraction);
        int month = number(text, from + 5, 2);
        int day = number(text, from + 8, 2);
        int second = second(text, from);
        if (nano < 0 || second < 0 || month < 1 || month > 12 || day < 1) {
            return null;
        }
        int year = number(text, from, 4);
        if (day > 28 && day > YearMonth.of(year, month).lengthOfMonth()) {
            return null;
        }
        return Instant.ofEpochSecond(LocalDate.of(year, month, day).toEpochDay() * SECONDS_A_DAY + second, nano);
    }

    private static boolean isUsual(char[] text, int from) {
        for (int i = 0; i < PATTERN.length(); i++) {
            char wanted = PATTERN.charAt(i);
            char c = text[from + i];
            if (wanted == 'd' ? c < '0' || c > '9' : c != wanted) {
                return false;
            }
        }
        return true;
    }

    private static int second(char[] text, int from) {
        int hour = number(text, from + 11, 2);
        int minute = number(text, from + 14, 2);
        int second = number(text, from + 17, 2);
        return hour > 23 || minute > 59 || second > 59 ? -1 : (hour * 60 + minute) * 60 + second;
    }

    // A point and up to nine digits.
    private static int nano(char[] text, int from, int length) {
        if (text[from] != '.') {
            return -1;
        }
        for (int i = from + 1; i < from + length; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return -1;
            }
        }
        return number(text, from + 1, length - 1) * POWERS[10 - length];
    }

    private static int number(char[] text, int from, int digits) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            value = value * 10 + text[i] - '0';
        }
        return value;
    }
}
