package dev.recount.feed;

import dev.recount.event.NewEvent;
import dev.recount.store.EventStoreException;
import dev.recount.store.LogInfo;
import dev.recount.subscription.UnusableCheckpoint.Reason;
import dev.recount.town.RigEvent;
import java.util.Map;

/** Writes the frames of a stream of server-sent events. Nothing in an event can begin a line of its own. */
final class Frames {

    private Frames() {}

    /** Moves the client's cursor, with or without an event before. */
    static void id(StringBuilder to, String cursor) {
        to.append("id: ").append(cursor).append("\n\n");
    }

    static void comment(StringBuilder to, String text) {
        to.append(": ").append(text).append("\n\n");
    }

    static void event(StringBuilder to, String cursor, EventWriter writer, RigEvent found) {
        to.append("id: ").append(cursor).append('\n');
        begin(to, found.event().type());
        writer.write(to, found);
        to.append("\n\n");
    }

    static String ephemeral(String rig, NewEvent event) {
        StringBuilder to = new StringBuilder();
        begin(to, event.type());
        StandardEventJson.ephemeral(to, rig, event);
        return to.append("\n\n").toString();
    }

    /** Tells a client that what it has is not what the log holds now. */
    static String reset(Reason reason, Cursor given, Cursor head, LogInfo log) {
        StringBuilder to = new StringBuilder();
        begin(to, "reset");
        JsonText.string(to.append("{\"control\":\"reset\",\"reason\":"), reason.name());
        JsonText.string(
                to.append(",\"message\":"), Cursors.message(reason, given, log) + " Read again from the start.");
        JsonText.string(to.append(",\"after\":"), given.toString());
        JsonText.string(to.append(",\"head\":"), head.toString());
        JsonText.string(to.append(",\"floor\":").append(log.floor()).append(",\"log\":"), log.logId());
        return to.append("}\n\n").toString();
    }

    /** Tells a client of a town the same. */
    static String reset(TownReset reset, String given, String head) {
        StringBuilder to = new StringBuilder();
        begin(to, "reset");
        JsonText.string(
                to.append("{\"control\":\"reset\",\"reason\":"), reset.reason().name());
        reset.rig().ifPresent(rig -> JsonText.string(to.append(",\"rig\":"), rig));
        JsonText.string(to.append(",\"message\":"), reset.message() + " Read again from the start.");
        JsonText.string(to.append(",\"after\":"), given);
        JsonText.string(to.append(",\"head\":"), head);
        return to.append("}\n\n").toString();
    }

    /** Tells a client of a town which of its rigs cannot be read now. */
    static void broken(StringBuilder to, Map<String, EventStoreException> broken) {
        begin(to, "broken");
        BrokenRigs.json(to.append("{\"control\":\"broken\","), broken).append("}\n\n");
    }

    private static void begin(StringBuilder to, String type) {
        to.append("event: ").append(onOneLine(type)).append("\ndata: ");
    }

    // No store accepts such a type; a file that was changed by hand may hold one.
    private static String onOneLine(String type) {
        return type.replace('\r', ' ').replace('\n', ' ').replace('\0', ' ');
    }
}
