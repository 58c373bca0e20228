package dev.recount.store.sqlite;

import java.util.List;

/** The form in which a statement gives the events it finds. */
enum EventForm {

    /** A row for each event, with the columns that {@link EventRow#read} expects. */
    ROWS,

    /** One row for all: how many there are, and the texts of all of them in one value, which {@link PackedRows} takes apart. */
    WHOLE("type", "tags", "data", "metadata", "occurred_at", "stored_at"),

    /** The same with no more than a codec needs. */
    DATA("type", "data"),

    /** One row for all: how many there are, and their sequences separated by commas. */
    SEQUENCES;

    /** What separates the parts of a packed event; lengths stand before the texts, so a text may hold it, too. */
    static final char SEPARATOR = '\u001f';

    /** What stands in place of an event that is too large to be packed. */
    static final char TOO_LARGE = '!';

    /** What the texts of a packed event may have together, in bytes; it bounds the memory that a chunk of them takes. */
    static final int MAX_BYTES = 16_384;

    // A copy that nobody can change.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> texts;

    EventForm(String... texts) {
        this.texts = List.of(texts);
    }

    /** How many texts a packed event has. */
    int texts() {
        return texts.size();
    }

    /**
     * The statement.
     *
     * @param walked the table that is walked along
     * @param rest the statement from its FROM on, with an order and a limit
     */
    String select(String walked, String rest) {
        return switch (this) {
            case ROWS -> "SELECT " + EventRow.COLUMNS + rest;
            case SEQUENCES -> inOneValue(walked + ".sequence", ",", rest);
            case WHOLE, DATA -> inOneValue(packed(walked), "", rest);
        };
    }

    // The order of the subquery is kept because of its limit; an order inside group_concat would sort again.
    private static String inOneValue(String event, String separator, String rest) {
        return "SELECT count(*), group_concat(event, '" + separator + "') FROM (SELECT " + event + " AS event" + rest
                + ")";
    }

    private String packed(String walked) {
        StringBuilder together = new StringBuilder();
        StringBuilder parts = new StringBuilder("'" + SEPARATOR + "', " + walked + ".sequence, e.version");
        for (String text : texts) {
            together.append(together.isEmpty() ? "" : " + ").append(length(text));
            parts.append(", ").append(length(text));
        }
        for (String text : texts) {
            parts.append(", e.").append(text);
        }
        return "CASE WHEN " + together + " <= " + MAX_BYTES + " THEN concat_ws(" + parts + ") ELSE '" + TOO_LARGE
                + "' END";
    }

    private static String length(String text) {
        return "octet_length(e." + text + ")";
    }
}
