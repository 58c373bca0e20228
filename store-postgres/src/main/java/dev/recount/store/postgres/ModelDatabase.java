package dev.recount.store.postgres;

import dev.recount.internal.log.Deadline;
import dev.recount.store.jdbc.ModelDialect;
import dev.recount.store.jdbc.ModelSession;
import dev.recount.store.jdbc.ModelTable;
import dev.recount.store.jdbc.OwnNames;
import dev.recount.store.jdbc.SchemaStatement;
import dev.recount.store.jdbc.SwapRefused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * PostgreSQL's own way with read models: those of a rig have a schema of their own, so that rigs never share a table. Immutable.
 *
 * @param schema the schema of the rig's models
 */
record ModelDatabase(String schema, String logSchema) implements ModelDialect {

    /** Where the tables of a replay are. */
    static final String TEMPORARY = "pg_temp";

    private static final int LOCK_TIMEOUT_MILLIS = 100;
    private static final String NOT_AVAILABLE = "55P03";
    private static final String DEPENDENT = "2BP01";

    static ModelDatabase of(Database database, Rig rig) {
        String logSchema = database.options().schema();
        return new ModelDatabase(logSchema + "_rig_" + rig.key(), logSchema);
    }

    // Who may not create schemas can use one that the owner has made.
    @Override
    public List<String> bookkeeping() {
        return List.of(
                "DO $$ BEGIN IF to_regnamespace('" + schema + "') IS NULL THEN CREATE SCHEMA " + schema
                        + "; END IF; END $$",
                table(
                        "recount_read_models",
                        "name text PRIMARY KEY, version integer NOT NULL, checkpoint bigint NOT NULL"),
                table("recount_read_model_tables", "name text PRIMARY KEY, kind text NOT NULL, model text NOT NULL"),
                table(
                        "recount_read_model_builds",
                        "name text PRIMARY KEY, version integer NOT NULL, checkpoint bigint NOT NULL,"
                                + " number bigint NOT NULL, compared bigint"),
                table("recount_read_model_failures", FAILURES),
                letOwnerSee());
    }

    private static final String FAILURES =
            "model text, number bigint, tag text, sequence bigint NOT NULL, cause text NOT NULL,"
                    + " failed_at text NOT NULL, left_out bigint NOT NULL, PRIMARY KEY (model, number, tag)";

    // The owner of the log removes events, and has to know who has yet to read them; and checks what is stored.
    private String letOwnerSee() {
        String tables = Stream.of("s", "_tables", "_builds", "_failures")
                .map(end -> schema + ".recount_read_model" + end)
                .collect(Collectors.joining(", "));
        return "DO $$ DECLARE o text := (SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = '"
                + logSchema
                + "'); BEGIN IF NOT has_schema_privilege(o, '" + schema + "', 'USAGE') OR NOT has_table_privilege(o, '"
                + schema
                + ".recount_read_model_failures', 'SELECT') THEN EXECUTE format('GRANT USAGE ON SCHEMA " + schema
                + " TO %I', o); EXECUTE format('GRANT SELECT ON " + tables + " TO %I', o); END IF; END $$";
    }

    /** Whether the role may read all that is kept of read models. */
    boolean mayBeRead(ModelSession session) throws SQLException {
        return session.number(
                        "SELECT count(*) FROM pg_namespace n WHERE n.nspname = ? AND has_schema_privilege(n.oid, 'USAGE')"
                                + " AND NOT EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid"
                                + " AND c.relkind = 'r' AND c.relname LIKE 'recount\\_read\\_model%'"
                                + " AND NOT has_table_privilege(c.oid, 'SELECT'))",
                        schema)
                > 0;
    }

    private String table(String name, String columns) {
        return "CREATE TABLE IF NOT EXISTS " + schema + "." + name + " (" + columns + ")";
    }

    /** What fails in a replay is noted apart from what failed in the live tables. */
    static String temporaryFailures() {
        return "CREATE TEMPORARY TABLE recount_read_model_failures (" + FAILURES + ")";
    }

    // A table is referenced by its identity, whatever it is called.
    @Override
    public boolean keepsReferencedNames() {
        return false;
    }

    @Override
    public void requireNoneOfTheLogs(String sql) {
        Pattern log = Pattern.compile(
                "\\b(from|join|into|update|table|only|using)\\s+\"?" + logSchema + "\"?\\s*\\.",
                Pattern.CASE_INSENSITIVE);
        if (log.matcher(sql).find()) {
            throw new IllegalArgumentException(
                    "Statement '" + sql + "' touches the log's own tables, which are in schema " + logSchema
                            + ". Use the read model's tables only.");
        }
    }

    @Override
    public Optional<String> taken(ModelSession session, String model, SchemaStatement statement) throws SQLException {
        String sql =
                "SELECT CASE c.relkind WHEN 'i' THEN 'an index ' WHEN 'v' THEN 'a view ' ELSE 'a table ' END || c.relname"
                        + " FROM pg_class c LEFT JOIN recount_read_model_tables t ON t.name = c.relname"
                        + " WHERE c.relnamespace = to_regnamespace(?) AND c.relname = ? AND coalesce(t.model, '') <> ?";
        return statement.isRead() ? session.text(sql, schema, statement.name(), model) : Optional.empty();
    }

    @Override
    public List<String> numberedNames(ModelSession session) throws SQLException {
        return session.texts(
                "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(?) AND relname LIKE '%@%'", schema);
    }

    @Override
    public String kindOf(ModelSession session, String name) throws SQLException {
        String sql =
                "SELECT CASE relkind WHEN 'v' THEN 'view' WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' ELSE 'other' END"
                        + " FROM pg_class WHERE relnamespace = to_regnamespace(?) AND relname = ?";
        return session.text(sql, schema, name).orElse("");
    }

    @Override
    public Set<String> tableKinds() {
        return Set.of("table");
    }

    // A model has none here, and those of others go with the table.
    @Override
    public void dropTriggers(ModelSession session, String table) {}

    /** Whether nobody reads the table or has made something of it: to wait for them would hold all writers of the rig up. */
    @Override
    public boolean mayDrop(ModelSession session, String table) throws SQLException {
        if (kindOf(session, table).isEmpty()) {
            return true;
        }
        return !hasDependents(session, table) && lock(session, List.of(table), 1) && letsItselfDrop(session, table);
    }

    // Functions, policies and tables that inherit from it keep it, too.
    private boolean letsItselfDrop(ModelSession session, String table) throws SQLException {
        return whyKept(session, () -> drop(session, table)).isEmpty();
    }

    private static void requireDroppable(ModelSession session, String views) throws SQLException {
        Optional<SQLException> kept = whyKept(session, () -> session.run("DROP VIEW " + views));
        if (kept.isPresent()) {
            throw new SwapRefused(
                    "its views cannot be replaced: " + kept.get().getMessage()
                            + ". Drop what was made of them, then resume the read model and make it again.",
                    kept.get());
        }
    }

    /** Tries to drop something, and has it stay; tells what was made of it, if that keeps it. */
    private static Optional<SQLException> whyKept(ModelSession session, Work dropping) throws SQLException {
        session.run("SAVEPOINT recount_drop");
        try {
            dropping.run();
            return Optional.empty();
        } catch (SQLException e) {
            if (!DEPENDENT.equals(e.getSQLState())) {
                throw e;
            }
            return Optional.of(e);
        } finally {
            session.run("ROLLBACK TO SAVEPOINT recount_drop");
        }
    }

    // Dropping it takes no longer for many rows.
    @Override
    public boolean empty(ModelSession session, String table, Deadline deadline) {
        return true;
    }

    @Override
    public void drop(ModelSession session, String table) throws SQLException {
        String referring = "SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(conname)"
                + " FROM pg_constraint WHERE contype = 'f' AND confrelid = to_regclass(?) AND conrelid <> confrelid";
        for (String sql : session.texts(referring, inSql(schema, table))) {
            session.run(sql);
        }
        session.run("DROP TABLE IF EXISTS " + inSql(schema, table));
    }

    private boolean hasDependents(ModelSession session, String table) throws SQLException {
        String sql = "SELECT count(*) FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid"
                + " WHERE d.classid = 'pg_rewrite'::regclass AND d.refobjid = to_regclass(?) AND r.ev_class <> d.refobjid";
        return session.number(sql, inSql(schema, table)) > 0;
    }

    @Override
    public Optional<Rest> beginSwap(ModelSession session, List<String> names) throws SQLException {
        List<String> there = new ArrayList<>();
        for (String name : names) {
            if (Set.of("table", "view").contains(kindOf(session, name))) {
                there.add(name);
            }
        }
        if (there.isEmpty()) {
            return Optional.of(swapped -> {});
        }
        if (!lock(session, there, LOCK_TIMEOUT_MILLIS)) {
            return Optional.empty();
        }
        HostViews views = HostViews.on(session, schema, there);
        if (!atOnce(session, LOCK_TIMEOUT_MILLIS, () -> views.takeOff(session))) {
            return Optional.empty();
        }
        List<String> own = new ArrayList<>();
        for (String name : there) {
            if (kindOf(session, name).equals("view")) {
                own.add(inSql(schema, name));
            }
        }
        if (!own.isEmpty()) {
            requireDroppable(session, String.join(", ", own));
        }
        return Optional.of(views);
    }

    private boolean lock(ModelSession session, List<String> tables, int millis) throws SQLException {
        String all = tables.stream().map(table -> inSql(schema, table)).collect(Collectors.joining(", "));
        return atOnce(session, millis, () -> session.run("LOCK TABLE " + all + " IN ACCESS EXCLUSIVE MODE"));
    }

    private interface Work {
        void run() throws SQLException;
    }

    /** Does what needs locks; false where that would wait longer for them, and then nothing is done. */
    private static boolean atOnce(ModelSession session, int millis, Work work) throws SQLException {
        String before = session.text("SELECT current_setting('lock_timeout')").orElse("0");
        session.run("SAVEPOINT recount_lock");
        try {
            session.text("SELECT set_config('lock_timeout', ?, true)", Integer.toString(millis));
            work.run();
            session.text("SELECT set_config('lock_timeout', ?, true)", before);
            session.run("RELEASE SAVEPOINT recount_lock");
            return true;
        } catch (SQLException e) {
            if (!NOT_AVAILABLE.equals(e.getSQLState())) {
                throw e;
            }
            session.run("ROLLBACK TO SAVEPOINT recount_lock");
            return false;
        }
    }

    @Override
    public String liveSchema(ModelSession session) {
        return schema;
    }

    @Override
    public List<String> tables(ModelSession session, String of) throws SQLException {
        return session.texts("SELECT relname FROM pg_class WHERE relnamespace = " + namespace(of)
                + " AND relkind IN ('r', 'p') AND relname NOT LIKE 'recount\\_%' ORDER BY relname COLLATE \"C\"");
    }

    private static String namespace(String of) {
        return of.equals(TEMPORARY) ? "pg_my_temp_schema()" : "to_regnamespace('" + of + "')";
    }

    @Override
    public ModelTable table(ModelSession session, String of, String name) throws SQLException {
        String sql =
                "SELECT a.attname, format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END"
                        + " || CASE WHEN i.indrelid IS NULL THEN '' ELSE ' PRIMARY KEY' END"
                        + " || CASE WHEN a.attgenerated = '' THEN '' ELSE ' GENERATED' END,"
                        + " coalesce(array_position(i.indkey::smallint[], a.attnum) + 1, 0)"
                        + " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
                        + " LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey::smallint[])"
                        + " WHERE c.relnamespace = " + namespace(of) + " AND c.relname = ? ORDER BY a.attnum";
        return new ModelTable(name, session.query(sql, ModelDatabase::columns, name));
    }

    private static List<ModelTable.Column> columns(ResultSet rows) throws SQLException {
        List<ModelTable.Column> columns = new ArrayList<>();
        while (rows.next()) {
            columns.add(new ModelTable.Column(rows.getString(1), rows.getString(2), rows.getInt(3)));
        }
        return columns;
    }

    // As texts, which every type has, and in which nothing that differs is the same.
    @Override
    public String compared(String column) {
        return column + "::text AS " + column;
    }

    @Override
    public String exact(String column) {
        return column;
    }

    @Override
    public String differ(String left, String right) {
        return left + "::text IS DISTINCT FROM " + right + "::text";
    }

    private static String inSql(String schema, String table) {
        return schema + "." + OwnNames.quoted(table);
    }

    /** Refuses what a model declares and PostgreSQL does not know, or knows by another name. */
    static void requireKnown(OwnNames own) {
        for (SchemaStatement statement : own.statements()) {
            String name = statement.name();
            if (statement.kind().equals("trigger") || statement.text().word(1).equals("virtual")) {
                throw new IllegalArgumentException("Statement '" + statement.text()
                        + "' is SQLite's own. On PostgreSQL a read model has tables, views and indexes.");
            }
            if (!name.equals(name.toLowerCase(Locale.ROOT)) || name.length() > MOST_LETTERS) {
                throw new IllegalArgumentException("Name '" + name + "' of read model '" + own.model()
                        + "' is not usable on PostgreSQL. Give at most " + MOST_LETTERS
                        + " letters, the lower-case ones, digits and _.");
            }
        }
    }

    // What is left of PostgreSQL's 63 bytes is for the number of a build.
    private static final int MOST_LETTERS = 40;
}
