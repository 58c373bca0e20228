package dev.recount.feed;

import dev.recount.event.StoredEvent;
import dev.recount.town.RigEvent;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes stored events in the form that the host wants, and sees to it that each is one JSON object on one line. Thread-safe. */
final class EventWriter {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    private static final int SHOWN = 200;

    private final EventJson form;
    private final AtomicBoolean warned = new AtomicBoolean();

    EventWriter(EventJson form) {
        this.form = form;
    }

    void write(StringBuilder to, RigEvent found) {
        String rig = found.rig();
        StoredEvent event = found.event();
        if (form == StandardEventJson.FORM) {
            StandardEventJson.stored(to, rig, event);
        } else {
            writeChecked(to, rig, event);
        }
    }

    private void writeChecked(StringBuilder to, String rig, StoredEvent event) {
        try {
            to.append(requireOneObject(form.of(rig, event)));
        } catch (RuntimeException | Error e) {
            tell(rig, event, e);
            StandardEventJson.malformed(to, rig, event);
        }
    }

    private static String requireOneObject(String json) {
        if (!json.startsWith("{") || !StandardEventJson.isOneValue(json)) {
            throw new IllegalArgumentException("'" + json.substring(0, Math.min(json.length(), SHOWN))
                    + "' is not one JSON object on one line. Give one.");
        }
        return json;
    }

    // Each client would be one more warning about each event.
    private void tell(String rig, StoredEvent event, Throwable problem) {
        String message =
                "Event {} of rig {}, a {}, could not be written in the form of this feed. It is sent without its content.";
        if (warned.compareAndSet(false, true)) {
            LOG.warn(
                    message + " Further ones are logged at level debug.", event.sequence(), rig, event.type(), problem);
        } else {
            LOG.debug(message, event.sequence(), rig, event.type(), problem);
        }
    }
}
