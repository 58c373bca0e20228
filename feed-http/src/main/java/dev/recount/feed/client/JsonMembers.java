package dev.recount.feed.client;

import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON object into the texts of its members, word for word: what is data in it stays the text that was stored. It finds where
 * members begin and end; whether their values are well-formed JSON is checked by what checks it for the stores.
 */
final class JsonMembers {

    private final String json;
    private int at;

    private JsonMembers(String json) {
        this.json = json;
    }

    /**
     * The members of an object by name; of several with one name, the last.
     *
     * @throws IllegalArgumentException where it is not one JSON object on one line
     */
    static Map<String, String> of(String json) {
        JsonMembers reader = new JsonMembers(json);
        Map<String, String> members = new LinkedHashMap<>();
        reader.expect('{');
        if (!reader.accept('}')) {
            do {
                String name = string(reader.value());
                reader.expect(':');
                members.put(name, reader.value());
            } while (reader.accept(','));
            reader.expect('}');
        }
        reader.requireEnd();
        return members;
    }

    /** The values of an array. */
    static List<String> elements(String json) {
        JsonMembers reader = new JsonMembers(json);
        List<String> elements = new ArrayList<>();
        reader.expect('[');
        if (!reader.accept(']')) {
            do {
                elements.add(reader.value());
            } while (reader.accept(','));
            reader.expect(']');
        }
        reader.requireEnd();
        return elements;
    }

    /** What a JSON string says. */
    static String string(String json) {
        if (!json.startsWith("\"")) {
            throw new IllegalArgumentException("'" + excerpt(json) + "' is not a JSON string.");
        }
        if (json.indexOf('\\') < 0) {
            return json.substring(1, json.length() - 1);
        }
        return Metadata.ofJson("{\"it\":" + json + "}").get("it").orElseThrow();
    }

    private String value() {
        skipSpace();
        int start = at;
        if (peek() == '"') {
            skipString();
        } else if (peek() == '{' || peek() == '[') {
            skipNested();
        } else {
            skipWord();
        }
        String value = json.substring(start, at);
        NewEvent.of("member", value);
        return value;
    }

    private void skipString() {
        at++;
        while (peek() != '"') {
            at += peek() == '\\' ? 2 : 1;
            requireMore();
        }
        at++;
    }

    private void skipNested() {
        int depth = 0;
        do {
            requireMore();
            char c = peek();
            if (c == '"') {
                skipString();
                continue;
            }
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            at++;
        } while (depth > 0);
    }

    private void skipWord() {
        while (at < json.length() && " \t,]}:".indexOf(json.charAt(at)) < 0) {
            at++;
        }
    }

    private void skipSpace() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    private boolean accept(char wanted) {
        skipSpace();
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char wanted) {
        if (!accept(wanted)) {
            throw problem("needs '" + wanted + "'");
        }
    }

    private void requireEnd() {
        skipSpace();
        if (at < json.length()) {
            throw problem("goes on");
        }
    }

    private void requireMore() {
        if (at >= json.length()) {
            throw problem("ends too soon");
        }
    }

    private char peek() {
        return at < json.length() ? json.charAt(at) : '\0';
    }

    private IllegalArgumentException problem(String what) {
        return new IllegalArgumentException(
                "This is not the JSON that was expected: it " + what + " at offset " + at + ": " + excerpt(json));
    }

    private static String excerpt(String text) {
        return text.length() <= 120 ? text : text.substring(0, 120) + "...";
    }
}
