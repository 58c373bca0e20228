package dev.recount.examples.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The values of a JSON object's fields as they are written, digit by digit and blank by blank. */
final class RawValues {

    private static final JsonFactory JSON = new JsonFactory();

    private RawValues() {}

    /**
     * The values by field name.
     *
     * @throws IOException where the line is not one JSON object
     */
    static Map<String, String> of(String line) throws IOException {
        Map<String, String> values = new TreeMap<>();
        try (JsonParser parser = JSON.createParser(line)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                boolean scalar = parser.nextToken().isScalarValue();
                int from = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                int to = (int) parser.currentLocation().getCharOffset();
                values.put(name, scalar ? scalar(line, from) : line.substring(from, to));
            }
        }
        return values;
    }

    // A parser may look beyond the end of a number; it ends where the next comma or brace is.
    private static String scalar(String line, int from) {
        if (line.charAt(from) != '"') {
            int to = from;
            while (",} \t".indexOf(line.charAt(to)) < 0) {
                to++;
            }
            return line.substring(from, to);
        }
        int to = from + 1;
        while (line.charAt(to) != '"') {
            to += line.charAt(to) == '\\' ? 2 : 1;
        }
        return line.substring(from, to + 1);
    }
}
