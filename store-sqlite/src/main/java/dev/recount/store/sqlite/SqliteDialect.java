package dev.recount.store.sqlite;

import dev.recount.internal.log.Deadline;
import dev.recount.store.jdbc.ModelDialect;
import dev.recount.store.jdbc.ModelSession;
import dev.recount.store.jdbc.ModelTable;
import dev.recount.store.jdbc.OwnNames;
import dev.recount.store.jdbc.SchemaStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** SQLite's own way with read models. Immutable. */
final class SqliteDialect implements ModelDialect {

    static final SqliteDialect ONLY = new SqliteDialect();

    static final String MAIN = "main";

    // A log that never had such a model has no such tables, and a log of an older release none yet.
    private static final List<String> BOOKKEEPING = List.of("""
            CREATE TABLE IF NOT EXISTS recount_read_model_builds (
              name TEXT PRIMARY KEY,
              version INTEGER NOT NULL,
              checkpoint INTEGER NOT NULL,
              number INTEGER NOT NULL,
              compared INTEGER
            ) STRICT, WITHOUT ROWID""", """
            CREATE TABLE IF NOT EXISTS recount_read_model_failures (
              model TEXT NOT NULL,
              number INTEGER NOT NULL,
              tag TEXT NOT NULL,
              sequence INTEGER NOT NULL,
              cause TEXT NOT NULL,
              failed_at TEXT NOT NULL,
              left_out INTEGER NOT NULL,
              PRIMARY KEY (model, number, tag)
            ) STRICT, WITHOUT ROWID""");

    private static final String COLUMNS =
            "SELECT name, type || iif(\"notnull\", ' NOT NULL', '') || iif(pk, ' PRIMARY KEY', '')"
                    + " || iif(hidden, ' GENERATED', ''), pk FROM pragma_table_xinfo(?, ?) WHERE hidden <> 1 ORDER BY cid";

    private SqliteDialect() {}

    @Override
    public List<String> bookkeeping() {
        return BOOKKEEPING;
    }

    // The connection renames as old releases did, without looking into other definitions: a view of somebody else over
    // a
    // live table then stays one over the live table.
    @Override
    public boolean keepsReferencedNames() {
        return true;
    }

    // Their names begin with what every statement is looked through for.
    @Override
    public void requireNoneOfTheLogs(String sql) {}

    @Override
    public Optional<String> taken(ModelSession session, String model, SchemaStatement statement) throws SQLException {
        String sql = "SELECT iif(m.type = 'index', 'an ', 'a ') || m.type || ' ' || m.name FROM sqlite_master m"
                + " LEFT JOIN recount_read_model_tables t ON lower(t.name) = lower(m.tbl_name)"
                + " WHERE lower(m.name) = ? AND instr(?, m.type) > 0 AND ifnull(t.model, '') <> ?";
        // Triggers have names of their own, and no index is ever live by the name that the model gives it.
        String types =
                statement.isRead() ? "table view index" : statement.kind().equals("trigger") ? "trigger" : "";
        return session.text(sql, statement.name().toLowerCase(Locale.ROOT), types, model);
    }

    @Override
    public List<String> numberedNames(ModelSession session) throws SQLException {
        return session.texts("SELECT name FROM sqlite_master WHERE instr(name, '@') > 0");
    }

    /** {@code table}, {@code virtual}, {@code shadow} or {@code view}; an empty text where nothing has that name. */
    @Override
    public String kindOf(ModelSession session, String name) throws SQLException {
        return session.text("SELECT type FROM pragma_table_list WHERE schema = 'main' AND name = ?", name)
                .orElse("");
    }

    @Override
    public Set<String> tableKinds() {
        return Set.of("table", "virtual");
    }

    @Override
    public void dropTriggers(ModelSession session, String table) throws SQLException {
        String sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND lower(tbl_name) = lower(?)";
        for (String trigger : session.texts(sql, table)) {
            session.run("DROP TRIGGER " + OwnNames.quoted(trigger));
        }
    }

    @Override
    public boolean mayDrop(ModelSession session, String table) {
        return true;
    }

    @Override
    public void drop(ModelSession session, String table) throws SQLException {
        session.run("DROP TABLE IF EXISTS " + OwnNames.quoted(table));
    }

    @Override
    public boolean empty(ModelSession session, String table, Deadline deadline) throws SQLException {
        return !kindOf(session, table).equals("table") || Emptying.run(session, table, deadline);
    }

    // Who reads sees the tables as they were, and views find tables by their names.
    @Override
    public Optional<Rest> beginSwap(ModelSession session, List<String> names) {
        return Optional.of(swapped -> {});
    }

    @Override
    public String liveSchema(ModelSession session) {
        return MAIN;
    }

    /** Of a virtual table not those in which it keeps its rows. */
    @Override
    public List<String> tables(ModelSession session, String schema) throws SQLException {
        return session.texts(
                "SELECT name FROM pragma_table_list WHERE schema = ? AND type IN ('table', 'virtual')"
                        + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE ? ESCAPE '\\' ORDER BY name",
                schema, PREFIX.replace("_", "\\_") + '%');
    }

    @Override
    public ModelTable table(ModelSession session, String schema, String name) throws SQLException {
        return new ModelTable(name, session.query(COLUMNS, SqliteDialect::columns, name, schema));
    }

    private static List<ModelTable.Column> columns(ResultSet rows) throws SQLException {
        List<ModelTable.Column> columns = new ArrayList<>();
        while (rows.next()) {
            columns.add(
                    new ModelTable.Column(rows.getString(1), rows.getString(2).strip(), rows.getInt(3)));
        }
        return columns;
    }

    @Override
    public String compared(String column) {
        return column;
    }

    @Override
    public String exact(String column) {
        return column + " COLLATE BINARY";
    }

    @Override
    public String differ(String left, String right) {
        return exact(left) + " IS NOT " + right;
    }
}
