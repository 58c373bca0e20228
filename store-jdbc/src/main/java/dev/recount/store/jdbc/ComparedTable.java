package dev.recount.store.jdbc;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table that the live model and its replay have, and the statements that compare both row by row.
 *
 * <p>Rows that have the same primary key are compared with each other. Without a primary key a row is all of its values, and
 * what is compared is how often it is there. Values are compared as SQLite compares them, and texts by their bytes: 1 is 1.0,
 * and neither is '1'. Immutable.
 *
 * @param dialect how this database tells values apart
 * @param live the real name of the live one, with its schema, as it stands in a statement
 * @param replayed that of the replay
 * @param columns the columns that both sides have
 * @param key those of the primary key; none where there is no key that identifies every row
 */
public record ComparedTable(
        ModelDialect dialect, String name, String live, String replayed, List<String> columns, List<String> key) {

    /** Copies the lists. */
    public ComparedTable {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    public boolean isKeyed() {
        return !key.isEmpty();
    }

    /** The columns whose values identify a row. */
    public List<String> identity() {
        return isKeyed() ? key : columns;
    }

    public ComparedTable withoutKey() {
        return new ComparedTable(dialect, name, live, replayed, columns, List.of());
    }

    /** Whether a row has no value in a column of its key, which SQLite allows in most tables, and even twice the same. */
    String findsKeyWithoutValue() {
        String isNull = joined(key, " OR ", column -> OwnNames.quoted(column) + " IS NULL");
        return "SELECT CASE WHEN EXISTS (SELECT 1 FROM " + live() + " WHERE " + isNull + ") OR EXISTS (SELECT 1 FROM "
                + replayed() + " WHERE " + isNull + ") THEN 1 ELSE 0 END";
    }

    /** How many rows both sides have together. */
    String countsRows() {
        return "SELECT (SELECT count(*) FROM " + live() + ") + (SELECT count(*) FROM " + replayed() + ")";
    }

    /**
     * Each row that differs, in the order of the keys: the values of the identity; how often the live table has it and how often
     * the replay; and for a table with a key, for each column, whether it differs and its values in both.
     */
    String findsDifferences() {
        return isKeyed() ? differencesByKey() : differencesByCount();
    }

    private String differencesByKey() {
        String sameKey =
                joined(key, " AND ", column -> "l." + OwnNames.quoted(column) + " = r." + OwnNames.quoted(column));
        String firstOfKey = OwnNames.quoted(key.get(0));
        String differs = joined(columns, " OR ", this::differs);
        return "SELECT " + of("l", key) + ", 1, CASE WHEN r." + firstOfKey + " IS NULL THEN 0 ELSE 1 END, "
                + joined(
                        columns,
                        ", ",
                        column -> "CASE WHEN " + differs(column) + " THEN 1 ELSE 0 END, l." + OwnNames.quoted(column)
                                + ", r." + OwnNames.quoted(column))
                + " FROM " + live() + " l LEFT JOIN " + replayed() + " r ON " + sameKey
                + " WHERE r." + firstOfKey + " IS NULL OR " + differs
                + " UNION ALL SELECT " + of("r", key) + ", 0, 1, " + joined(columns, ", ", column -> "0, NULL, NULL")
                + " FROM " + replayed() + " r LEFT JOIN " + live() + " l ON " + sameKey
                + " WHERE l." + firstOfKey + " IS NULL ORDER BY " + places(key);
    }

    private String differencesByCount() {
        String names = joined(columns, ", ", OwnNames::quoted);
        String compared = joined(columns, ", ", column -> dialect.compared(OwnNames.quoted(column)));
        String exact = joined(columns, ", ", column -> dialect.exact(OwnNames.quoted(column)));
        return "SELECT " + names + ", sum(in_live), sum(in_replay) FROM (SELECT " + compared
                + ", 1 AS in_live, 0 AS in_replay FROM " + live() + " UNION ALL SELECT " + compared + ", 0, 1 FROM "
                + replayed() + ") AS of_both GROUP BY " + exact + " HAVING sum(in_live) <> sum(in_replay) ORDER BY "
                + exact;
    }

    // A collation such as NOCASE says what is found together, not what is the same.
    private String differs(String column) {
        return dialect.differ("l." + OwnNames.quoted(column), "r." + OwnNames.quoted(column));
    }

    private static String of(String side, List<String> columns) {
        return joined(columns, ", ", column -> side + "." + OwnNames.quoted(column));
    }

    private static String places(List<String> columns) {
        return IntStream.rangeClosed(1, columns.size())
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "));
    }

    private static String joined(List<String> columns, String separator, Function<String, String> text) {
        return columns.stream().map(text).collect(Collectors.joining(separator));
    }
}
