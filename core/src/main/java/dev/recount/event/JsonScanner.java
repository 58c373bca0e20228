package dev.recount.event;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Walks over one JSON text (RFC 8259) and refuses what is not. It builds no tree: callers remember offsets.
 *
 * <p>Core reads JSON only to guard the border: what a store is given must come out of it again, spliced into a feed or a file,
 * without being read by anyone in between.
 */
final class JsonScanner {

    private static final int MAX_DEPTH = 1_000;

    private final String text;
    private int at;

    JsonScanner(String text) {
        this.text = text;
    }

    /** Refuses a text that is not exactly one JSON value on one line. */
    static void requireOneValue(String text) {
        JsonScanner scanner = new JsonScanner(text);
        scanner.skipValue();
        scanner.requireEnd();
    }

    int position() {
        return at;
    }

    char peek() {
        skipSpace();
        return at < text.length() ? text.charAt(at) : '\0';
    }

    /** Consumes {@code expected}, after white space. */
    void expect(char expected) {
        if (peek() != expected) {
            throw unexpected("'" + expected + "'");
        }
        at++;
    }

    /** Consumes {@code wanted} where it comes next. */
    boolean accept(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    void requireEnd() {
        skipSpace();
        if (at < text.length()) {
            throw unexpected("the end of the text");
        }
    }

    /** Skips a value with all that it holds. What is open stands in a set and not on the stack of the thread, which may be small. */
    void skipValue() {
        BitSet objects = new BitSet();
        int depth = 0;
        do {
            if (begins('{', depth) || begins('[', depth)) {
                depth++;
                boolean isObject = text.charAt(at++) == '{';
                objects.set(depth, isObject);
                if (!accept(end(isObject))) {
                    skipName(isObject);
                    continue;
                }
                depth--;
            } else {
                skipScalar();
            }
            depth = afterValue(objects, depth);
        } while (depth > 0);
    }

    // Readers count arrays and objects, so an empty one counts too.
    private boolean begins(char bracket, int depth) {
        boolean begins = peek() == bracket;
        if (begins && depth == MAX_DEPTH) {
            throw problem("is nested deeper than " + MAX_DEPTH + " levels");
        }
        return begins;
    }

    /** Closes what ends here, and goes to the next value; tells how much is open then. */
    private int afterValue(BitSet objects, int depth) {
        int open = depth;
        while (open > 0 && !accept(',')) {
            expect(end(objects.get(open)));
            open--;
        }
        skipName(open > 0 && objects.get(open));
        return open;
    }

    private static char end(boolean isObject) {
        return isObject ? '}' : ']';
    }

    private void skipName(boolean isObject) {
        if (isObject) {
            skipString();
            expect(':');
        }
    }

    private void skipScalar() {
        switch (peek()) {
            case '"' -> skipString();
            case 't' -> skipWord("true");
            case 'f' -> skipWord("false");
            case 'n' -> skipWord("null");
            default -> skipNumber();
        }
    }

    /** The value of the string that comes next. */
    String readString() {
        peek();
        int start = at + 1;
        boolean escaped = skipString();
        String inside = text.substring(start, at - 1);
        return escaped ? unescape(inside) : inside;
    }

    /** Whether the string holds an escape. */
    private boolean skipString() {
        expect('"');
        boolean escaped = false;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return escaped;
            }
            if (c == '\\') {
                escaped = true;
                skipEscape();
            } else if (c < ' ') {
                at--;
                throw problem("holds a raw control character");
            } else if (Character.isSurrogate(c)) {
                skipLowSurrogate(c);
            }
        }
        throw unexpected("'\"'");
    }

    private void skipEscape() {
        char c = at < text.length() ? text.charAt(at++) : '\0';
        if (c == 'u') {
            for (int digit = 0; digit < 4; digit++, at++) {
                if (at >= text.length() || Character.digit(text.charAt(at), 16) < 0 || text.charAt(at) > 'f') {
                    throw unexpected("four hexadecimal digits");
                }
            }
        } else if ("\"\\/bfnrt".indexOf(c) < 0) {
            at--;
            throw unexpected("an escape such as \\n or \\u000a");
        }
    }

    // A lone surrogate has no UTF-8 form; a store would silently keep '?' in its place.
    private void skipLowSurrogate(char c) {
        if (Character.isLowSurrogate(c) || at >= text.length() || !Character.isLowSurrogate(text.charAt(at))) {
            at--;
            throw problem("holds half a surrogate pair; write it as an escape such as \\ud83d");
        }
        at++;
    }

    private void skipWord(String word) {
        if (!text.startsWith(word, at)) {
            throw unexpected(word);
        }
        at += word.length();
    }

    private void skipNumber() {
        accept('-');
        int whole = at;
        skipDigits();
        if (text.charAt(whole) == '0' && at > whole + 1) {
            throw problem("holds a number with a leading zero");
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            skipDigits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            skipDigits();
        }
    }

    private void skipDigits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw unexpected("a value");
        }
    }

    // Line breaks between values are JSON, but not on one line: a feed and an export rely on that.
    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private static String unescape(String inside) {
        StringBuilder out = new StringBuilder(inside.length());
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char kind = inside.charAt(++i);
            if (kind == 'u') {
                out.append((char) Integer.parseInt(inside, i + 1, i + 5, 16));
                i += 4;
            } else {
                out.append(unescaped(kind));
            }
        }
        return out.toString();
    }

    private static char unescaped(char kind) {
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> kind;
        };
    }

    private IllegalArgumentException unexpected(String wanted) {
        return problem("needs " + wanted + (at < text.length() ? ", not '" + text.charAt(at) + "'," : ""));
    }

    private IllegalArgumentException problem(String what) {
        return new IllegalArgumentException("This text is not one JSON value on one line: it " + what + " at offset "
                + at + ": " + excerpt(text) + ". Give well-formed JSON without line breaks.");
    }

    private static String excerpt(@Nullable String text) {
        if (text == null || text.length() <= 120) {
            return String.valueOf(text);
        }
        return text.substring(0, 120) + "...";
    }
}
