package dev.recount.feed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a client has read: {@code 412-9f3ac1}, a sequence and the first digits of the log's mark there, or a bare {@code 412}.
 * Immutable.
 *
 * @param digits empty where the client gave none
 */
record Cursor(long sequence, String digits) {

    /** Enough to notice another log with a chance of one in 16 million to be wrong. */
    private static final int DIGITS = 6;

    private static final Pattern FORM = Pattern.compile("(\\d{1,19})(?:-([0-9a-f]{" + DIGITS + ",64}))?");

    static Cursor of(long sequence, String mark) {
        return new Cursor(sequence, mark.substring(0, DIGITS));
    }

    /**
     * What a client gave.
     *
     * @throws FeedRefused where it is not a cursor
     */
    static Cursor parse(GivenCursor given) {
        return parse(given.name(), "INVALID_AFTER", given.text());
    }

    static Cursor parse(String name, String code, String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            try {
                String digits = form.group(2);
                return new Cursor(Long.parseLong(form.group(1)), digits == null ? "" : digits);
            } catch (NumberFormatException e) {
                // Beyond 2^63 - 1: refused below.
            }
        }
        throw FeedRefused.badRequest(
                        code,
                        "'" + text + "' is not a cursor. Give a sequence such as 412, or a cursor of this feed such as"
                                + " 412-9f3ac1.")
                .with("parameter", name)
                .with("value", text);
    }

    /** Whether the client asks for all there is. A cursor of this feed at 0 is a place like any other. */
    boolean isBeginning() {
        return sequence == 0 && digits.isEmpty();
    }

    @Override
    public String toString() {
        return digits.isEmpty() ? Long.toString(sequence) : sequence + "-" + digits;
    }
}
