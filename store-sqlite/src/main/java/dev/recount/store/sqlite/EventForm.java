package dev.recount.store.sqlite;

import java.util.List;
import java.util.stream.Collectors;

/** The form in which a statement gives the events it finds. */
enum EventForm {

    /** A row for each event, with the columns that {@link EventColumns#read} expects. */
    ROWS(true),

    /** One row for all: how many there are, and the texts of all of them in one value, which {@link PackedRows} takes apart. */
    WHOLE(true, "type", "tags", "data", "metadata", "occurred_at", "stored_at"),

    /** The same with no more than a codec needs. */
    DATA(true, "type", "data"),

    /** The same again without sequences: of events that follow each other, where their number tells that none is missing. */
    CONSECUTIVE(false, "type", "data"),

    /** One row for all: how many there are, and their sequences separated by commas. */
    SEQUENCES(true);

    /** What separates the parts of a packed event. No text that this library stored holds it. */
    static final char PART = '\u001f';

    /** What separates packed events. No text that this library stored holds it. */
    static final char ROW = '\u001e';

    /** What stands in place of an event that is too large to be packed, among as many separators. */
    static final char TOO_LARGE = '!';

    /** What the texts of a packed event may have together, in bytes; it bounds the memory that a chunk of them takes. */
    static final int MAX_BYTES = 4_096;

    // The others have a limit of their own.
    private static final List<String> UNBOUNDED = List.of("tags", "data", "metadata");

    private final boolean sequenced;
    // A copy that nobody can change.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> texts;

    EventForm(boolean sequenced, String... texts) {
        this.sequenced = sequenced;
        this.texts = List.of(texts);
    }

    /** Whether a packed event begins with its sequence. */
    boolean isSequenced() {
        return sequenced;
    }

    /** How many texts a packed event has. */
    int texts() {
        return texts.size();
    }

    /** How many parts it has: its texts, and the numbers before them. */
    int parts() {
        return texts.size() + (sequenced ? 2 : 1);
    }

    /**
     * The statement.
     *
     * @param walked the table that is walked along
     * @param rest the statement from its FROM on, with an order and a limit
     */
    String select(String walked, String rest) {
        return switch (this) {
            case ROWS -> "SELECT " + EventColumns.ALL + rest;
            case SEQUENCES -> inOneValue(walked + ".sequence", ',', rest);
            case WHOLE, DATA, CONSECUTIVE -> inOneValue(packed(walked), ROW, rest);
        };
    }

    // The order of the subquery is kept because of its limit; an order inside group_concat would sort again.
    private static String inOneValue(String event, char separator, String rest) {
        return "SELECT count(*), group_concat(event, '" + separator + "') FROM (SELECT " + event + " AS event" + rest
                + ")";
    }

    private String packed(String walked) {
        String numbers = sequenced ? walked + ".sequence, e.version" : "e.version";
        String length = texts.stream()
                .filter(UNBOUNDED::contains)
                .map(text -> "octet_length(e." + text + ")")
                .collect(Collectors.joining(" + "));
        String parts = texts.stream().map(text -> ", e." + text).collect(Collectors.joining());
        String tooLarge = TOO_LARGE + String.valueOf(PART).repeat(parts() - 1);
        return "CASE WHEN " + length + " <= " + MAX_BYTES + " THEN concat_ws('" + PART + "', " + numbers + parts
                + ") ELSE '" + tooLarge + "' END";
    }
}
