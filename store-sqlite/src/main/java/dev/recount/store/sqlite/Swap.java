package dev.recount.store.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts built tables in the place of the live ones, in one transaction, whose time does not grow with the rows: tables get other
 * names, and what they replace is dropped later.
 *
 * <p>The connection renames as old releases of SQLite did, without looking into other definitions: a view of somebody else over a
 * live table then stays one over the live table. Not thread-safe: use from one thread at a time.
 */
final class Swap {

    private final Session writer;
    private final KeptModel kept;

    Swap(Session writer, KeptModel kept) {
        this.writer = writer;
        this.kept = kept;
    }

    void run(ModelRows.Tables build) throws SQLException {
        SqlNames built = SqlNames.numbered(kept.own(), build.number());
        setAside(SqlNames.suffix(StagedTables.nextNumber(writer)));
        for (String view : kept.own().names("view")) {
            dropView(built.real(view));
        }
        for (String table : kept.own().names("table")) {
            dropTriggers(writer, built.real(table));
            rename(built.real(table), table);
        }
        SqlNames live = SqlNames.live(kept.own());
        for (SchemaStatement statement : kept.own().statements()) {
            if (statement.kind().equals("view") || statement.kind().equals("trigger")) {
                writer.run(live.create(statement));
            }
            if (statement.kind().equals("view")) {
                ModelRows.register(writer, kept.name(), "view", statement.name());
            }
        }
        ModelRows.swapped(writer, kept.name(), build);
    }

    private void setAside(String suffix) throws SQLException {
        for (String view : ModelRows.registered(writer, kept.name(), "view", true)) {
            dropView(view);
        }
        for (String table : ModelRows.registered(writer, kept.name(), "table", true)) {
            String kind = kindOf(writer, table);
            if (kind.equals("table") || kind.equals("virtual")) {
                dropTriggers(writer, table);
                rename(table, table + suffix);
            } else {
                ModelRows.unregister(writer, table);
            }
        }
    }

    private void rename(String from, String to) throws SQLException {
        writer.run("ALTER TABLE " + OwnNames.quoted(from) + " RENAME TO " + OwnNames.quoted(to));
        writer.run("UPDATE recount_read_model_tables SET name = ? WHERE name = ?", to, from);
    }

    private void dropView(String view) throws SQLException {
        writer.run("DROP VIEW IF EXISTS " + OwnNames.quoted(view));
        ModelRows.unregister(writer, view);
    }

    /** {@code table}, {@code virtual}, {@code shadow} or {@code view}; an empty text where nothing has that name. */
    static String kindOf(Session session, String name) throws SQLException {
        List<Map<String, @Nullable Object>> found =
                session.rows("SELECT type FROM pragma_table_list WHERE schema = 'main' AND name = ?", name);
        return found.isEmpty() ? "" : String.valueOf(found.get(0).get("type"));
    }

    /** Takes a table's triggers away, which would go on changing others. */
    static void dropTriggers(Session writer, String table) throws SQLException {
        String sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND lower(tbl_name) = lower(?)";
        for (String trigger : writer.texts(sql, table)) {
            writer.run("DROP TRIGGER " + OwnNames.quoted(trigger));
        }
    }
}
