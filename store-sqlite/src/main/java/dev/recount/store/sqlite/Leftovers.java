package dev.recount.store.sqlite;

import dev.recount.internal.log.Deadline;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tables that nothing needs any more: those that a swap set aside, and those of a build that was given up. They are emptied a
 * few rows at a time, and dropped when that is quick. Not thread-safe: use in transactions that hold the write lock.
 */
final class Leftovers {

    private static final int ROWS_TO_DROP = 2_000;
    private static final int ROWS_AT_ONCE = 200;
    private static final List<String> ROW_NUMBER = List.of("rowid", "_rowid_", "oid");

    private final String model;

    Leftovers(String model) {
        this.model = model;
    }

    boolean isEmpty(Session session) throws SQLException {
        return names(session, "view").isEmpty() && names(session, "table").isEmpty();
    }

    private List<String> names(Session session, String kind) throws SQLException {
        Optional<ModelRows.Tables> build = ModelRows.build(session, model);
        List<String> names = new ArrayList<>(ModelRows.registered(session, model, kind, false));
        names.removeIf(name ->
                build.isPresent() && name.endsWith(SqlNames.suffix(build.get().number())));
        return names;
    }

    /** Takes some away; true where there is more. */
    boolean step(Session writer, Deadline deadline) throws SQLException {
        for (String view : names(writer, "view")) {
            writer.run("DROP VIEW IF EXISTS " + OwnNames.quoted(view));
            ModelRows.unregister(writer, view);
        }
        List<String> tables = names(writer, "table");
        if (!tables.isEmpty()) {
            empty(writer, tables.get(0), deadline);
        }
        return !tables.isEmpty();
    }

    private static void empty(Session writer, String table, Deadline deadline) throws SQLException {
        Swap.dropTriggers(writer, table);
        String kind = Swap.kindOf(writer, table);
        while (kind.equals("table") && !keyOf(writer, table).isEmpty() && isLarge(writer, table)) {
            if (deadline.isOver() || dropIndex(writer, table)) {
                return;
            }
            delete(writer, table);
        }
        writer.run("DROP TABLE IF EXISTS " + OwnNames.quoted(table));
        ModelRows.unregister(writer, table);
    }

    private static boolean isLarge(Session writer, String table) throws SQLException {
        String sql =
                "SELECT count(*) FROM (SELECT 1 FROM " + OwnNames.quoted(table) + " LIMIT " + (ROWS_TO_DROP + 1) + ")";
        return writer.number(sql) > ROWS_TO_DROP;
    }

    private static boolean dropIndex(Session writer, String table) throws SQLException {
        String sql = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL";
        Optional<String> index = writer.text(sql, table);
        if (index.isPresent()) {
            writer.run("DROP INDEX " + OwnNames.quoted(index.get()));
        }
        return index.isPresent();
    }

    private static void delete(Session writer, String table) throws SQLException {
        String key = keyOf(writer, table);
        String name = OwnNames.quoted(table);
        writer.run("DELETE FROM " + name + " WHERE (" + key + ") IN (SELECT " + key + " FROM " + name + " LIMIT "
                + ROWS_AT_ONCE + ")");
    }

    // Empty where columns have taken all names of the row's number, so that rows cannot be told apart.
    private static String keyOf(Session writer, String table) throws SQLException {
        if (writer.number("SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?", table) == 0) {
            List<String> taken = writer.texts("SELECT lower(name) FROM pragma_table_xinfo(?)", table);
            return ROW_NUMBER.stream()
                    .filter(name -> !taken.contains(name))
                    .findFirst()
                    .orElse("");
        }
        List<String> columns = writer.texts("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", table);
        return String.join(", ", columns.stream().map(OwnNames::quoted).toList());
    }
}
