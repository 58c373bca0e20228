package dev.recount.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The two small JSON shapes that a store holds beside an event's data: an array of strings and an object of strings. */
final class FlatJson {

    private FlatJson() {}

    static String write(Collection<String> strings) {
        StringBuilder out = new StringBuilder().append('[');
        for (String string : strings) {
            separate(out);
            appendString(out, string);
        }
        return out.append(']').toString();
    }

    static String write(Map<String, String> entries) {
        StringBuilder out = new StringBuilder().append('{');
        entries.forEach((key, value) -> {
            separate(out);
            appendString(out, key);
            out.append(':');
            appendString(out, value);
        });
        return out.append('}').toString();
    }

    static List<String> readArray(String json) {
        JsonScanner scanner = new JsonScanner(json);
        List<String> strings = new ArrayList<>();
        scanner.expect('[');
        if (!scanner.accept(']')) {
            do {
                strings.add(scanner.readString());
            } while (scanner.accept(','));
            scanner.expect(']');
        }
        scanner.requireEnd();
        return strings;
    }

    /** Values that are not strings, which other writers may have stored, are kept as their JSON text. */
    static SortedMap<String, String> readObject(String json) {
        JsonScanner scanner = new JsonScanner(json);
        SortedMap<String, String> entries = new TreeMap<>();
        scanner.expect('{');
        if (!scanner.accept('}')) {
            do {
                String key = scanner.readString();
                scanner.expect(':');
                entries.put(key, readValue(scanner, json));
            } while (scanner.accept(','));
            scanner.expect('}');
        }
        scanner.requireEnd();
        return entries;
    }

    private static String readValue(JsonScanner scanner, String json) {
        if (scanner.peek() == '"') {
            return scanner.readString();
        }
        int start = scanner.position();
        scanner.skipValue();
        return json.substring(start, scanner.position());
    }

    private static void separate(StringBuilder out) {
        if (out.length() > 1) {
            out.append(',');
        }
    }

    private static void appendString(StringBuilder out, String string) {
        out.append('"');
        if (isPlain(string)) {
            out.append(string);
        } else {
            string.codePoints().forEach(character -> appendCharacter(out, character));
        }
        out.append('"');
    }

    private static boolean isPlain(String string) {
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c >= Character.MIN_SURROGATE) {
                return false;
            }
        }
        return true;
    }

    private static void appendCharacter(StringBuilder out, int character) {
        switch (character) {
            case '"', '\\' -> out.append('\\').append((char) character);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (character < ' ' || isHalfPair(character)) {
                    out.append("\\u").append(HexFormat.of().toHexDigits((char) character));
                } else {
                    out.appendCodePoint(character);
                }
            }
        }
    }

    // Another writer may have stored it as an escape; as it is, it has no UTF-8 form.
    private static boolean isHalfPair(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }
}
