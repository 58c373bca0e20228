package dev.recount.examples.cli.output;

import dev.recount.event.StoredEvent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * An event in the JSON form of <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">CloudEvents
 * 1.0</a>.
 *
 * <p>The id is the log's id and the sequence; the source is the rig; what CloudEvents has no attribute for is in the extension
 * attributes {@code sequence}, {@code schemaversion}, {@code tags}, {@code metadata} (both as JSON texts) and {@code storedat}.
 * Data that is not exactly one JSON value on one line comes as text, with the attribute {@code malformed}.
 */
public final class CloudEvent {

    private CloudEvent() {}

    /** The event on one line, without its end. */
    public static String of(String rig, String logId, StoredEvent event) {
        StringBuilder json = new StringBuilder(400 + event.data().length());
        json.append("{\"specversion\":\"1.0\"");
        attribute(json, "id", logId + '/' + event.sequence());
        attribute(
                json,
                "source",
                "/rigs/" + URLEncoder.encode(rig, StandardCharsets.UTF_8).replace("+", "%20"));
        attribute(json, "type", event.type());
        attribute(json, "time", event.occurredAt().toString());
        attribute(json, "sequence", Long.toString(event.sequence()));
        attribute(json, "schemaversion", Integer.toString(event.version()));
        attribute(json, "tags", event.tags().toJson());
        attribute(json, "metadata", event.metadata().toJson());
        attribute(json, "storedat", event.storedAt().toString());
        StringBuilder data = new StringBuilder(event.data().length() + 2);
        boolean whole = EventLine.stored(data, event.data());
        attribute(json, "datacontenttype", whole ? "application/json" : "text/plain");
        json.append(whole ? "" : EventLine.MALFORMED);
        return json.append(",\"data\":").append(data).append('}').toString();
    }

    private static void attribute(StringBuilder json, String name, String value) {
        json.append(",\"").append(name).append("\":");
        EventLine.text(json, value);
    }
}
