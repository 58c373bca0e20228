package dev.recount.examples.cli.output;

import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An event as one line of JSON: the form that {@code events --json} prints and {@code export --format jsonl} writes.
 *
 * <pre>{@code
 * {"sequence":1,"rig":"gastown","type":"created","version":1,"tags":{"bead":"gt-1"},"data":{...},"metadata":{...},
 *  "occurredAt":"...","storedAt":"..."}
 * }</pre>
 *
 * <p>A tag key with several values has them in an array. Data and metadata are taken over as they are stored. What is not exactly one
 * JSON value on one line, as after a change by hand, comes as a JSON string, and the line ends with {@code "malformed":true}.
 */
public final class EventLine {

    /** The field of a line that could not take over what is stored. */
    static final String MALFORMED = ",\"malformed\":true";

    private EventLine() {}

    /** The line, without its end. */
    public static String of(String rig, StoredEvent event) {
        StringBuilder line = new StringBuilder(300 + event.data().length());
        line.append("{\"sequence\":").append(event.sequence());
        text(line.append(",\"rig\":"), rig);
        text(line.append(",\"type\":"), event.type());
        line.append(",\"version\":").append(event.version());
        tags(line.append(",\"tags\":"), event.tags());
        boolean whole = stored(line.append(",\"data\":"), event.data());
        whole &= stored(line.append(",\"metadata\":"), event.metadata().toJson());
        line.append(",\"occurredAt\":\"").append(event.occurredAt());
        line.append("\",\"storedAt\":\"").append(event.storedAt()).append('"');
        return line.append(whole ? "}" : MALFORMED + '}').toString();
    }

    /** A stored text as it is where it is one JSON value on one line, else as a JSON string; tells whether it was one. */
    static boolean stored(StringBuilder to, String text) {
        boolean whole = StoredJson.isOneLine(text);
        if (whole) {
            to.append(text);
        } else {
            text(to, text);
        }
        return whole;
    }

    /** A text as a JSON string. */
    static void text(StringBuilder to, String text) {
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
        to.append('"');
    }

    private static void tags(StringBuilder to, Tags tags) {
        Map<String, List<String>> byKey = new TreeMap<>();
        for (String tag : tags) {
            String key = tag.substring(0, tag.indexOf(':'));
            byKey.computeIfAbsent(key, tags::values);
        }
        to.append('{');
        String comma = "";
        for (Map.Entry<String, List<String>> entry : byKey.entrySet()) {
            text(to.append(comma), entry.getKey());
            values(to.append(':'), entry.getValue());
            comma = ",";
        }
        to.append('}');
    }

    private static void values(StringBuilder to, List<String> values) {
        if (values.size() == 1) {
            text(to, values.get(0));
            return;
        }
        to.append('[');
        String comma = "";
        for (String value : values) {
            text(to.append(comma), value);
            comma = ",";
        }
        to.append(']');
    }
}
