package dev.recount.store.sqlite;

import dev.recount.internal.log.Deadline;
import dev.recount.store.jdbc.ModelSession;
import dev.recount.store.jdbc.OwnNames;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Empties a large table a few rows at a time, since dropping it would hold all writers up. */
final class Emptying {

    private static final int ROWS_TO_DROP = 2_000;
    private static final int ROWS_AT_ONCE = 200;
    private static final List<String> ROW_NUMBER = List.of("rowid", "_rowid_", "oid");

    private Emptying() {}

    /** Whether the table is small by now; false where the time was over, or an index was dropped, which takes long enough. */
    static boolean run(ModelSession writer, String table, Deadline deadline) throws SQLException {
        while (!keyOf(writer, table).isEmpty() && isLarge(writer, table)) {
            if (deadline.isOver() || dropIndex(writer, table)) {
                return false;
            }
            delete(writer, table);
        }
        return true;
    }

    private static boolean isLarge(ModelSession writer, String table) throws SQLException {
        String sql =
                "SELECT count(*) FROM (SELECT 1 FROM " + OwnNames.quoted(table) + " LIMIT " + (ROWS_TO_DROP + 1) + ")";
        return writer.number(sql) > ROWS_TO_DROP;
    }

    private static boolean dropIndex(ModelSession writer, String table) throws SQLException {
        String sql = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL";
        Optional<String> index = writer.text(sql, table);
        if (index.isPresent()) {
            writer.run("DROP INDEX " + OwnNames.quoted(index.get()));
        }
        return index.isPresent();
    }

    private static void delete(ModelSession writer, String table) throws SQLException {
        String key = keyOf(writer, table);
        String name = OwnNames.quoted(table);
        writer.run("DELETE FROM " + name + " WHERE (" + key + ") IN (SELECT " + key + " FROM " + name + " LIMIT "
                + ROWS_AT_ONCE + ")");
    }

    // Empty where columns have taken all names of the row's number, so that rows cannot be told apart.
    private static String keyOf(ModelSession writer, String table) throws SQLException {
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
