package dev.recount.examples.cli;

/** Text from a log, made safe for a terminal: what is stored must not move its cursor or change its colours. */
final class Printable {

    private static final char FIRST_PRINTABLE = ' ';
    private static final char DELETE = '\u007f';
    private static final char LAST_CONTROL = '\u009f';

    private Printable() {}

    /** The text with a dot for every control character, and a blank for every line end. */
    static String text(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' || c == '\t') {
                safe.append(' ');
            } else {
                safe.append(c < FIRST_PRINTABLE || (c >= DELETE && c <= LAST_CONTROL) ? '·' : c);
            }
        }
        return safe.toString();
    }
}
