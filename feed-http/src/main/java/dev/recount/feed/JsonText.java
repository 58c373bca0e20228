package dev.recount.feed;

import java.util.Map;

/** Writes the JSON of answers: strings and flat objects of strings. */
final class JsonText {

    private JsonText() {}

    /** A text as a JSON string on one line. */
    static StringBuilder string(StringBuilder to, String text) {
        to.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                to.append('\\').append(c);
            } else if (c < ' ') {
                to.append(String.format("\\u%04x", (int) c));
            } else {
                to.append(c);
            }
        }
        return to.append('"');
    }

    static StringBuilder object(StringBuilder to, Map<String, String> fields) {
        to.append('{');
        String comma = "";
        for (Map.Entry<String, String> field : fields.entrySet()) {
            string(to.append(comma), field.getKey());
            string(to.append(':'), field.getValue());
            comma = ",";
        }
        return to.append('}');
    }
}
