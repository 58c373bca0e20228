package dev.recount.examples.cli.output;

import dev.recount.event.StoredEvent;

/** An event as a row of CSV after RFC 4180: fields in double quotes where they must be, rows that end in CR LF. */
public final class CsvRow {

    /** The names of the fields, without the line feed. */
    public static final String HEADER = "sequence,rig,type,version,tags,data,metadata,occurredAt,storedAt\r";

    private CsvRow() {}

    /** The row, without the line feed. */
    public static String of(String rig, StoredEvent event) {
        return String.join(
                        ",",
                        Long.toString(event.sequence()),
                        field(rig),
                        field(event.type()),
                        Integer.toString(event.version()),
                        field(event.tags().toJson()),
                        field(event.data()),
                        field(event.metadata().toJson()),
                        event.occurredAt().toString(),
                        event.storedAt().toString())
                + '\r';
    }

    private static String field(String text) {
        boolean quotes = text.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
        return quotes ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
