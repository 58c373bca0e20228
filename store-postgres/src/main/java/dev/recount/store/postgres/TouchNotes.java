package dev.recount.store.postgres;

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
 * Notes in the tables of a replay, by triggers, which event touched each of some rows last: inserted, changed or deleted it. So also a row
 * that is gone has its event. Not thread-safe: use from one thread at a time.
 */
final class TouchNotes {

    private final ModelConnection session;
    private final List<FoundDifference> wanted;
    private final Map<ComparedTable, Integer> tables = new LinkedHashMap<>();

    TouchNotes(ModelConnection session, List<FoundDifference> wanted) {
        this.session = session;
        this.wanted = wanted;
    }

    /** Begins to note in tables to which nothing was applied yet. */
    void prepare() throws SQLException {
        session.run("CREATE TEMPORARY TABLE recount_now (sequence bigint)");
        session.run("INSERT INTO pg_temp.recount_now VALUES (0)");
        for (int place = 0; place < wanted.size(); place++) {
            ComparedTable table = wanted.get(place).table();
            if (table != null) {
                want(table, place, wanted.get(place).key());
            }
        }
    }

    private void want(ComparedTable table, int place, List<@Nullable Object> key) throws SQLException {
        if (!tables.containsKey(table)) {
            tables.put(table, tables.size());
            watch(table);
        }
        List<@Nullable Object> values = new ArrayList<>(List.of(place, 0));
        key.forEach(value -> values.add(value == null || value instanceof byte[] ? value : value.toString()));
        String places = inKey(table, i -> key.get(i) instanceof byte[] ? ", ?::bytea::text" : ", ?", "");
        session.run("INSERT INTO " + notesOf(table) + " VALUES (?, ?" + places + ")", values.toArray());
    }

    private void watch(ComparedTable table) throws SQLException {
        String notes = notesOf(table);
        String keys = inKey(table, i -> "k" + i + " text", ", ");
        session.run("CREATE TABLE " + notes + " (place bigint, sequence bigint, " + keys + ")");
        session.run("CREATE INDEX ON " + notes + " (k0)");
        String change = "UPDATE " + notes + " SET sequence = (SELECT n.sequence FROM pg_temp.recount_now n) WHERE ";
        session.run("CREATE FUNCTION " + notes + "_note() RETURNS trigger LANGUAGE plpgsql AS $note$ BEGIN"
                + " IF TG_OP <> 'INSERT' THEN " + change + same(table, "OLD") + "; END IF;"
                + " IF TG_OP <> 'DELETE' THEN " + change + same(table, "NEW") + "; END IF;"
                + " RETURN NULL; END $note$");
        session.run("CREATE TRIGGER recount_note AFTER INSERT OR UPDATE OR DELETE ON " + ModelDatabase.TEMPORARY + "."
                + OwnNames.quoted(table.name()) + " FOR EACH ROW EXECUTE FUNCTION " + notes + "_note()");
    }

    // The equals sign finds a key by its index; the rest sees to what has no value.
    private static String same(ComparedTable table, String side) {
        return inKey(
                table,
                i -> {
                    String value = side + "." + OwnNames.quoted(table.identity().get(i)) + "::text";
                    return "(k" + i + " = " + value + " OR (k" + i + " IS NULL AND " + value + " IS NULL))";
                },
                " AND ");
    }

    private static String inKey(ComparedTable table, Function<Integer, String> text, String separator) {
        return IntStream.range(0, table.identity().size()).boxed().map(text).collect(Collectors.joining(separator));
    }

    private String notesOf(ComparedTable table) {
        return ModelDatabase.TEMPORARY + ".recount_wanted_" + tables.get(table);
    }

    /** An event is applied next. */
    void begin(long sequence) throws SQLException {
        session.run("UPDATE pg_temp.recount_now SET sequence = ?", sequence);
    }

    /** The last event that touched the row of that place; 0 where none did. */
    long lastSequence(int place) throws SQLException {
        ComparedTable table = wanted.get(place).table();
        return table == null ? 0 : session.number("SELECT sequence FROM " + notesOf(table) + " WHERE place = ?", place);
    }
}
