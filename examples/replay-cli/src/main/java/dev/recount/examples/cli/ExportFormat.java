package dev.recount.examples.cli;

import dev.recount.event.StoredEvent;
import dev.recount.examples.cli.output.CloudEvent;
import dev.recount.examples.cli.output.CsvRow;
import dev.recount.examples.cli.output.EventLine;
import java.util.Optional;
import java.util.function.Function;

/** In what form events are exported. The names are what is typed. */
enum ExportFormat {
    jsonl {
        @Override
        Function<StoredEvent, String> of(String rig, String logId) {
            return event -> EventLine.of(rig, event);
        }
    },
    csv {
        @Override
        Function<StoredEvent, String> of(String rig, String logId) {
            return event -> CsvRow.of(rig, event);
        }

        @Override
        Optional<String> header() {
            return Optional.of(CsvRow.HEADER);
        }
    },
    cloudevents {
        @Override
        Function<StoredEvent, String> of(String rig, String logId) {
            return event -> CloudEvent.of(rig, logId, event);
        }
    };

    /** What turns an event into a line, without its line feed. */
    abstract Function<StoredEvent, String> of(String rig, String logId);

    /** The line before the first event. */
    Optional<String> header() {
        return Optional.empty();
    }
}
