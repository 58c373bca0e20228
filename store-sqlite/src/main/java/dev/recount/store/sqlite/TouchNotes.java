package dev.recount.store.sqlite;

import dev.recount.store.jdbc.ComparedTable;
import dev.recount.store.jdbc.FoundDifference;
import dev.recount.store.jdbc.OwnNames;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Notes in a shadow, by triggers on its tables, which event touched each of some rows last: inserted, changed or deleted it. So
 * also a row that is gone has its event. Not thread-safe: use from one thread at a time.
 */
final class TouchNotes {

    private static final String NOW = Schema.PREFIX + "now";
    private static final String WANTED = Schema.PREFIX + "wanted_";

    private final Session session;
    private final List<FoundDifference> wanted;
    private final Map<ComparedTable, Integer> tables = new LinkedHashMap<>();

    private TouchNotes(Session session, List<FoundDifference> wanted) {
        this.session = session;
        this.wanted = wanted;
    }

    /** Begins to note in a shadow to which nothing was applied yet. */
    static TouchNotes in(Shadow shadow, List<FoundDifference> wanted) throws SQLException {
        TouchNotes notes = new TouchNotes(shadow.session(), wanted);
        notes.prepare();
        shadow.tell(notes::begin);
        return notes;
    }

    private void prepare() throws SQLException {
        // A row that gives way to another fires its trigger only so; a model's own triggers are to run as they do live.
        boolean hasTriggers = session.number("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'") > 0;
        session.set("recursive_triggers = " + (hasTriggers ? "OFF" : "ON"));
        session.run("CREATE TABLE " + NOW + " (sequence)");
        session.run("INSERT INTO " + NOW + " VALUES (0)");
        for (int row = 0; row < wanted.size(); row++) {
            ComparedTable table = wanted.get(row).table();
            if (table != null) {
                want(table, row, wanted.get(row).key());
            }
        }
    }

    private void want(ComparedTable table, int row, List<@Nullable Object> key) throws SQLException {
        if (!tables.containsKey(table)) {
            tables.put(table, tables.size());
            watch(table);
        }
        List<@Nullable Object> values = new ArrayList<>(List.of(row, 0));
        values.addAll(key);
        String places = values.stream().map(value -> "?").collect(Collectors.joining(", "));
        session.run("INSERT INTO " + notesOf(table) + " VALUES (" + places + ")", values.toArray());
    }

    private void watch(ComparedTable table) throws SQLException {
        String notes = notesOf(table);
        String key = inKey(table, i -> "k" + i, ", ");
        session.run("CREATE TABLE " + notes + " (row INTEGER PRIMARY KEY, sequence INTEGER, " + key + ")");
        session.run("CREATE INDEX " + notes + "_by_key ON " + notes + " (" + key + ")");
        if (session.number("SELECT count(*) FROM pragma_table_list WHERE name = ? AND type = 'table'", table.name())
                > 0) {
            trigger(table, "INSERT", "NEW");
            trigger(table, "UPDATE", "OLD", "NEW");
            trigger(table, "DELETE", "OLD");
        }
    }

    private void trigger(ComparedTable table, String change, String... sides) throws SQLException {
        StringBuilder noting = new StringBuilder();
        for (String side : sides) {
            noting.append("UPDATE ").append(notesOf(table)).append(" SET sequence = (SELECT sequence FROM ");
            noting.append(NOW).append(") WHERE ").append(same(table, side)).append("; ");
        }
        session.run("CREATE TRIGGER " + notesOf(table) + "_" + change + " AFTER " + change + " ON "
                + OwnNames.quoted(table.name()) + " BEGIN " + noting + "END");
    }

    // Without the column's affinity, which the noted value has already, its index is of use. The collation is that of
    // the key.
    private static String same(ComparedTable table, String side) {
        String exactly = table.isKeyed() ? "" : " COLLATE BINARY";
        return inKey(
                table,
                i -> "+" + side + "." + OwnNames.quoted(table.identity().get(i)) + exactly + " IS k" + i,
                " AND ");
    }

    private static String inKey(ComparedTable table, Function<Integer, String> text, String separator) {
        return IntStream.range(0, table.identity().size()).boxed().map(text).collect(Collectors.joining(separator));
    }

    private String notesOf(ComparedTable table) {
        return WANTED + tables.get(table);
    }

    private void begin(long sequence) throws SQLException {
        session.run("UPDATE " + NOW + " SET sequence = ?", sequence);
    }

    /** The last event that touched the row of that number; 0 where none did. */
    long lastSequence(int row) throws SQLException {
        ComparedTable table = wanted.get(row).table();
        return table == null ? 0 : session.number("SELECT sequence FROM " + notesOf(table) + " WHERE row = ?", row);
    }
}
