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
        int century = two(text, from);
        int yearOfCentury = two(text, from + 2);
        int month = two(text, from + 5);
        int day = two(text, from + 8);
        int second = second(text, from);
        if ((nano | century | yearOfCentury | second) < 0 || month < 1 || month > 12 || day < 1) {
            return null;
        }
        int year = century * 100 + yearOfCentury;
        if (day > 28 && day > YearMonth.of(year, month).lengthOfMonth()) {
            return null;
        }
        return Instant.ofEpochSecond(LocalDate.of(year, month, day).toEpochDay() * SECONDS_A_DAY + second, nano);
    }

    private static boolean isUsual(char[] text, int from) {
        return text[from + 4] == '-'
                && text[from + 7] == '-'
                && text[from + 10] == 'T'
                && text[from + 13] == ':'
                && text[from + 16] == ':';
    }

    private static int second(char[] text, int from) {
        int hour = two(text, from + 11);
        int minute = two(text, from + 14);
        int second = two(text, from + 17);
        boolean isTime = (hour | minute | second) >= 0 && hour <= 23 && minute <= 59 && second <= 59;
        return isTime ? (hour * 60 + minute) * 60 + second : -1;
    }

    // A point and up to nine digits.
    private static int nano(char[] text, int from, int length) {
        if (text[from] != '.') {
            return -1;
        }
        int value = 0;
        for (int i = from + 1; i < from + length; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value * POWERS[10 - length];
    }

    // The number of two digits; -1 where they are none.
    private static int two(char[] text, int from) {
        int tens = text[from] - '0';
        int ones = text[from + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }
}
