package dev.recount.codec.jackson;

/**
 * Writes halves of surrogate pairs as escapes. They have no UTF-8 form, yet a text that was cut between two chunks holds them.
 */
final class LoneSurrogates {

    private LoneSurrogates() {}

    /** The same JSON, with an escape such as {@code \}{@code ud83d} for each half of a pair that stands alone. */
    static String escaped(String json) {
        int first = next(json, 0);
        if (first == json.length()) {
            return json;
        }
        StringBuilder out = new StringBuilder(json.length() + 16);
        int from = 0;
        for (int at = first; at < json.length(); at = next(json, from)) {
            out.append(json, from, at).append("\\u").append(Integer.toHexString(json.charAt(at)));
            from = at + 1;
        }
        return out.append(json, from, json.length()).toString();
    }

    /** Whether the text holds half a pair that stands alone. */
    static boolean isIn(String text) {
        return next(text, 0) < text.length();
    }

    private static int next(String json, int from) {
        for (int at = from; at < json.length(); at++) {
            char c = json.charAt(at);
            if (Character.isSurrogate(c)) {
                if (!isPair(json, at)) {
                    return at;
                }
                at++;
            }
        }
        return json.length();
    }

    private static boolean isPair(String json, int at) {
        return at + 1 < json.length() && Character.isSurrogatePair(json.charAt(at), json.charAt(at + 1));
    }
}
