package dev.recount.store.jdbc;

import dev.recount.replay.RowDifference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row that differs, before it is known which event touched it last. Immutable where the values are.
 *
 * @param table the table; null where the difference is not in a row of one
 * @param key what identifies the row, as SQLite gave it
 * @param name the same for people
 */
public record FoundDifference(
        @Nullable ComparedTable table,
        List<@Nullable Object> key,
        String name,
        RowDifference.Kind kind,
        List<RowDifference.Field> fields) {

    private static final String HOW_OFTEN = "count(*)";

    /** Copies the lists. */
    public FoundDifference {
        key = Collections.unmodifiableList(new ArrayList<>(key));
        fields = List.copyOf(fields);
    }

    /** A difference of something else than a row. */
    static FoundDifference of(String name, RowDifference.Kind kind, List<RowDifference.Field> fields) {
        return new FoundDifference(null, List.of(), name, kind, fields);
    }

    /** The row where a result of {@link ComparedTable#findsDifferences} is. */
    static FoundDifference read(ComparedTable table, String prefix, ResultSet row) throws SQLException {
        int identity = table.identity().size();
        List<@Nullable Object> key = new ArrayList<>();
        for (int i = 1; i <= identity; i++) {
            key.add(row.getObject(i));
        }
        RowDifference.Kind kind = kind(row.getLong(identity + 1), row.getLong(identity + 2));
        String name = prefix
                + key.stream().map(FoundDifference::shown).map(String::valueOf).collect(Collectors.joining("/"));
        return new FoundDifference(table, key, name, kind, fields(table, kind, row));
    }

    /** In how many rows more one side has it than the other. */
    static long weight(ComparedTable table, ResultSet row) throws SQLException {
        int identity = table.identity().size();
        return table.isKeyed() ? 1 : Math.abs(row.getLong(identity + 1) - row.getLong(identity + 2));
    }

    public RowDifference with(long lastSequence) {
        return new RowDifference(name, kind, fields, lastSequence);
    }

    private static RowDifference.Kind kind(long live, long replayed) {
        if (live == 0) {
            return RowDifference.Kind.MISSING;
        }
        return replayed == 0 ? RowDifference.Kind.EXTRA : RowDifference.Kind.CHANGED;
    }

    private static List<RowDifference.Field> fields(ComparedTable table, RowDifference.Kind kind, ResultSet row)
            throws SQLException {
        if (kind != RowDifference.Kind.CHANGED) {
            return List.of();
        }
        int identity = table.identity().size();
        if (!table.isKeyed()) {
            return List.of(new RowDifference.Field(HOW_OFTEN, row.getLong(identity + 1), row.getLong(identity + 2)));
        }
        List<RowDifference.Field> fields = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            int at = identity + 3 + 3 * i;
            if (row.getBoolean(at)) {
                Object live = shown(row.getObject(at + 1));
                fields.add(new RowDifference.Field(table.columns().get(i), live, shown(row.getObject(at + 2))));
            }
        }
        return fields;
    }

    // Bytes as SQLite writes them.
    private static @Nullable Object shown(@Nullable Object value) {
        return value instanceof byte[] bytes ? "x'" + HexFormat.of().formatHex(bytes) + "'" : value;
    }
}
