package dev.recount.examples.cli;

import dev.recount.event.StoredEvent;
import dev.recount.examples.cli.output.EventLine;
import dev.recount.examples.cli.output.Terminal;
import java.util.function.Consumer;

/** Prints events: as JSON lines for programs, as a feed for people. */
final class EventPrinter {

    private EventPrinter() {}

    static Consumer<StoredEvent> of(Terminal terminal, String rig, boolean json) {
        if (json) {
            return event -> terminal.line(EventLine.of(rig, event));
        }
        FeedLine feed = new FeedLine(terminal.paint(), rig);
        return event -> terminal.line(feed.of(event));
    }
}
