package dev.recount.internal.log;

/**
 * Knows at a glance the tags and metadata that nearly all events have, so that reading a million of them parses none. What it
 * does not know may still be well-formed; then the full parser decides.
 */
final class PlainJson {

    private PlainJson() {}

    /** Whether a text is an array of {@code key:value} strings, without escapes or spaces around them. */
    static boolean isTagList(String json) {
        if (!json.startsWith("[\"") || !json.endsWith("\"]")) {
            return json.equals("[]");
        }
        int at = 1;
        while (at > 0 && at < json.length()) {
            int end = stringEnd(json, at);
            if (end < 0 || !isTag(json, at + 1, end)) {
                return false;
            }
            if (end == json.length() - 2) {
                return true;
            }
            at = json.charAt(end + 1) == ',' ? end + 2 : -1;
        }
        return false;
    }

    /** Whether a text is an object of strings, without escapes or spaces around them. */
    static boolean isTextObject(String json) {
        if (!json.startsWith("{\"") || !json.endsWith("\"}")) {
            return json.equals("{}");
        }
        int at = 1;
        boolean name = true;
        while (at < json.length()) {
            int end = stringEnd(json, at);
            if (end < 0) {
                return false;
            }
            if (end == json.length() - 2) {
                return !name;
            }
            if (json.charAt(end + 1) != (name ? ':' : ',')) {
                return false;
            }
            name = !name;
            at = end + 2;
        }
        return false;
    }

    // The closing quote of a string that begins at this quote; -1 where there is none or the string is not plain.
    private static int stringEnd(String json, int from) {
        if (json.charAt(from) != '"') {
            return -1;
        }
        for (int i = from + 1; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                return i;
            }
            if (c < ' ' || c == '\\' || c > '~') {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isTag(String json, int from, int to) {
        int colon = json.indexOf(':', from);
        int longest = 500;
        return colon > from
                && colon < to - 1
                && json.charAt(from) != ' '
                && json.charAt(colon + 1) != ' '
                && colon - from <= longest
                && to - colon - 1 <= longest;
    }
}
