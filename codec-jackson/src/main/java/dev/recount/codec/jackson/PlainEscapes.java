package dev.recount.codec.jackson;

import org.jspecify.annotations.Nullable;

/** Resolves the escapes of a text in JSON. */
final class PlainEscapes {

    private static final String LETTERS = "\"\\/bfnrt";
    private static final String MEANT = "\"\\/\b\f\n\r\t";
    private static final int HEX_DIGITS = 4;

    private PlainEscapes() {}

    /** The text meant; null where one of its escapes is none. */
    static @Nullable String resolve(String escaped) {
        StringBuilder text = new StringBuilder(escaped.length());
        int from = 0;
        for (int at = escaped.indexOf('\\'); at >= 0; at = escaped.indexOf('\\', from)) {
            text.append(escaped, from, at);
            boolean isHex = escaped.charAt(at + 1) == 'u';
            int character = isHex ? hex(escaped, at + 2) : letter(escaped.charAt(at + 1));
            if (character < 0) {
                return null;
            }
            text.append((char) character);
            from = at + 2 + (isHex ? HEX_DIGITS : 0);
        }
        return text.append(escaped, from, escaped.length()).toString();
    }

    private static int letter(char letter) {
        int index = LETTERS.indexOf(letter);
        return index < 0 ? -1 : MEANT.charAt(index);
    }

    private static int hex(String escaped, int from) {
        int value = 0;
        for (int i = from; i < from + HEX_DIGITS; i++) {
            char digit = i < escaped.length() ? escaped.charAt(i) : ' ';
            // Not digits of other scripts, which Java takes as well.
            int number = digit < 128 ? Character.digit(digit, 16) : -1;
            if (number < 0) {
                return -1;
            }
            value = value * 16 + number;
        }
        return value;
    }
}
