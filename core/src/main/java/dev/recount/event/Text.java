package dev.recount.event;

import java.util.Locale;

/** What short texts (types, tags, metadata) must be so that every store can keep and match them. */
final class Text {

    static final int MAX_LENGTH = 500;

    private Text() {}

    /** Refuses a text that is blank, too long, or holds characters that a store or a feed could not carry as they are. */
    static String requireShort(String what, String text) {
        if (isPlainAndShort(text)) {
            return text;
        }
        if (text.isBlank()) {
            throw new IllegalArgumentException(what + " is blank. Give a value.");
        }
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(what + " has " + text.length() + " characters (" + text.substring(0, 40)
                    + "...). Keep it within " + MAX_LENGTH + ".");
        }
        requireStorable(what, text);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new IllegalArgumentException(what + " '" + printable(text) + "' holds the control character "
                        + hex(text.charAt(i)) + ". Leave it out.");
            }
        }
        return text;
    }

    /** Whether a short text is printable ASCII with something to see in it, as nearly all are: then nothing can be wrong with it. */
    static boolean isPlainAndShort(String text) {
        int length = text.length();
        if (length == 0 || length > MAX_LENGTH || text.charAt(0) == ' ') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    /** Refuses half a surrogate pair, which has no UTF-8 form. */
    static String requireStorable(String what, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException(what + " holds half a surrogate pair, " + hex(c)
                        + ", which has no UTF-8 form. Give whole characters.");
            }
        }
        return text;
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static String hex(char c) {
        return String.format(Locale.ROOT, "U+%04X", (int) c);
    }
}
