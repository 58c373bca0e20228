package dev.recount.feed;

import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import java.util.List;
import java.util.TreeMap;

/**
 * An event as one JSON object on one line. Data and metadata are taken over as they are stored; what is not one JSON value on one line,
 * as after a change of the file by hand, comes as a JSON string, and of tags that cannot be read there are none; then the object ends with
 * {@code "malformed":true}.
 */
final class StandardEventJson {

    /** Known by its identity, since what it gives needs no check. */
    static final EventJson FORM = StandardEventJson::stored;

    private StandardEventJson() {}

    static String stored(String rig, StoredEvent event) {
        StringBuilder to = new StringBuilder();
        stored(to, rig, event);
        return to.toString();
    }

    static void stored(StringBuilder to, String rig, StoredEvent event) {
        to.append("{\"sequence\":").append(event.sequence()).append(',');
        boolean whole = content(to, rig, event.type(), event.version(), event.tags(), event.data(), event.metadata());
        to.append(",\"occurredAt\":\"").append(event.occurredAt());
        to.append("\",\"storedAt\":\"").append(event.storedAt());
        to.append(whole ? "\"}" : "\",\"malformed\":true}");
    }

    /** What is left of an event that a host could not write: no more than its name, since the host may have had something to hide. */
    static void malformed(StringBuilder to, String rig, StoredEvent event) {
        JsonText.string(to.append("{\"sequence\":").append(event.sequence()).append(",\"rig\":"), rig);
        JsonText.string(to.append(",\"type\":"), event.type()).append(",\"malformed\":true}");
    }

    /** An event that is sent and not stored: without sequence and times. */
    static void ephemeral(StringBuilder to, String rig, NewEvent event) {
        to.append("{\"ephemeral\":true,");
        content(to, rig, event.type(), event.version(), event.tags(), event.data(), event.metadata());
        to.append('}');
    }

    private static boolean content(
            StringBuilder to, String rig, String type, int version, Tags tags, String data, Metadata metadata) {
        JsonText.string(to.append("\"rig\":"), rig);
        JsonText.string(to.append(",\"type\":"), type);
        boolean whole = areReadable(tags);
        tags(to.append(",\"version\":").append(version).append(",\"tags\":"), whole ? tags : Tags.none());
        whole &= json(to.append(",\"data\":"), data);
        return json(to.append(",\"metadata\":"), metadata.toJson()) && whole;
    }

    /** Whether tags are what a store accepts; others come from a change of the file by hand. */
    static boolean areReadable(Tags tags) {
        try {
            tags.asList();
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A key with several values has them in an array. */
    private static void tags(StringBuilder to, Tags tags) {
        TreeMap<String, List<String>> byKey = new TreeMap<>();
        for (String tag : tags) {
            byKey.computeIfAbsent(tag.substring(0, tag.indexOf(':')), tags::values);
        }
        to.append('{');
        String comma = "";
        for (var entry : byKey.entrySet()) {
            JsonText.string(to.append(comma), entry.getKey()).append(':');
            values(to, entry.getValue());
            comma = ",";
        }
        to.append('}');
    }

    private static void values(StringBuilder to, List<String> values) {
        if (values.size() == 1) {
            JsonText.string(to, values.get(0));
            return;
        }
        to.append('[');
        String comma = "";
        for (String value : values) {
            JsonText.string(to.append(comma), value);
            comma = ",";
        }
        to.append(']');
    }

    private static boolean json(StringBuilder to, String text) {
        boolean whole = isOneValue(text);
        if (whole) {
            to.append(text);
        } else {
            JsonText.string(to, text);
        }
        return whole;
    }

    // What a store accepts is what may stand in a line as it is.
    static boolean isOneValue(String text) {
        if (text.equals("{}")) {
            return true;
        }
        try {
            NewEvent.of("any", text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
