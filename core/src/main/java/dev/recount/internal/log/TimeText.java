package dev.recount.internal.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Times as they are stored: {@code 2026-03-03T10:00:00.123456Z}, always 27 characters, so they also sort as text. */
public final class TimeText {

    /** What no time is before. */
    public static final String EARLIEST_TEXT = "0000-01-01T00:00:00.000000Z";

    private static final String PATTERN = "dddd-dd-ddTdd:dd:dd.ddddddZ";
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private TimeText() {}

    /** A time outside the years 0 to 9999, which only a broken clock gives, is taken for the nearest inside. */
    public static Instant within(Instant time) {
        if (time.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return time.isAfter(LATEST) ? LATEST : time.truncatedTo(ChronoUnit.MICROS);
    }

    /** A time as it is stored; it must be within the years 0 to 9999. */
    public static String of(Instant time) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        char[] text = PATTERN.toCharArray();
        put(text, 0, 4, utc.getYear());
        put(text, 5, 2, utc.getMonthValue());
        put(text, 8, 2, utc.getDayOfMonth());
        put(text, 11, 2, utc.getHour());
        put(text, 14, 2, utc.getMinute());
        put(text, 17, 2, utc.getSecond());
        put(text, 20, 6, utc.getNano() / 1_000);
        return new String(text);
    }

    /**
     * The time that a stored text stands for.
     *
     * @throws DateTimeException where the text is not of that form
     */
    public static Instant parse(String text) {
        byte[] ascii = text.getBytes(ISO_8859_1);
        if (!isWellFormed(ascii, 0, ascii.length)) {
            throw new DateTimeException("'" + text + "' is not a time like 2026-03-03T10:00:00.123456Z");
        }
        return parse(ascii, 0);
    }

    /** The time of a stored text; the epoch where it is not readable, so that one odd row stops no reader. */
    public static Instant parseTolerantly(String text) {
        byte[] ascii = text.getBytes(ISO_8859_1);
        return parseTolerantly(ascii, 0, ascii.length);
    }

    /** The same of a text among others. */
    public static Instant parseTolerantly(byte[] text, int from, int to) {
        try {
            return isWellFormed(text, from, to) ? parse(text, from) : Instant.EPOCH;
        } catch (DateTimeException noSuchDay) {
            return Instant.EPOCH;
        }
    }

    private static Instant parse(byte[] text, int from) {
        LocalDateTime utc = LocalDateTime.of(
                number(text, from, 4),
                number(text, from + 5, 2),
                number(text, from + 8, 2),
                number(text, from + 11, 2),
                number(text, from + 14, 2),
                number(text, from + 17, 2),
                number(text, from + 20, 6) * 1_000);
        return utc.toInstant(ZoneOffset.UTC);
    }

    private static boolean isWellFormed(byte[] text, int from, int to) {
        if (to - from != PATTERN.length()) {
            return false;
        }
        for (int i = 0; i < PATTERN.length(); i++) {
            char wanted = PATTERN.charAt(i);
            byte c = text[from + i];
            if (wanted == 'd' ? c < '0' || c > '9' : c != wanted) {
                return false;
            }
        }
        return true;
    }

    private static void put(char[] text, int from, int digits, int value) {
        int rest = value;
        for (int i = from + digits - 1; i >= from; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static int number(byte[] text, int from, int digits) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            value = value * 10 + text[i] - '0';
        }
        return value;
    }
}
