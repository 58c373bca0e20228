package dev.recount.store.postgres;

import dev.recount.store.jdbc.ModelDialect;
import dev.recount.store.jdbc.ModelSession;
import dev.recount.store.jdbc.SwapRefused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The views that others made on the live tables and views of a read model. PostgreSQL binds a view to a table, whatever that is called
 * later; so each is taken off what is set aside, and put on what has its name then. It stays the same view: its owner, its grants, its
 * triggers and the views on it stay as they are. Not thread-safe: made for one swap, in its transaction.
 */
final class HostViews implements ModelDialect.Rest {

    private static final String FIND = """
            SELECT v.oid::regclass::text, v.relkind = 'v', pg_has_role(v.relowner, 'USAGE'),
              pg_get_userbyid(v.relowner), pg_get_viewdef(v.oid), coalesce(array_to_string(v.reloptions, ', '), ''),
              (SELECT coalesce(string_agg('NULL::' || format_type(a.atttypid, a.atttypmod)
                 || CASE WHEN a.attcollation <> t.typcollation
                    THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END
                 || ' AS ' || quote_ident(a.attname), ', ' ORDER BY a.attnum), '')
               FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid = v.oid AND a.attnum > 0)
            FROM pg_class v
            WHERE v.oid IN (SELECT r.ev_class FROM pg_depend d
                JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
                JOIN pg_class l ON d.refclassid = 'pg_class'::regclass AND l.oid = d.refobjid
                WHERE l.relnamespace = to_regnamespace(?) AND l.relname = ANY (string_to_array(?, ','))
                  AND r.ev_class <> l.oid)
              AND NOT (v.relnamespace = to_regnamespace(?)
                AND v.relname IN (SELECT name FROM %s.recount_read_model_tables WHERE kind = 'view'))
            ORDER BY v.oid""";

    // So that all names are told with their schemas: what is created under a plain one is put into the first schema of
    // the
    // path, wherever it was found, and tables that a new version brings could hide others.
    private static final String NO_PATH = "pg_catalog";

    // Not as statements of their own: in those the driver would take an operator ? for a parameter.
    private static final String RUN = "DO $run$ BEGIN EXECUTE current_setting('recount.statement'); END $run$";

    private final List<View> views;

    private HostViews(List<View> views) {
        this.views = views;
    }

    /**
     * A view of others.
     *
     * @param columns what selects nothing under the names and types of its columns
     */
    private record View(
            String name,
            boolean isView,
            boolean isOwned,
            String owner,
            String definition,
            String options,
            String columns) {

        void requireReplaceable() {
            if (!isView) {
                throw new SwapRefused(
                        name + " is a materialized view or has a rule on its tables, and cannot follow when they"
                                + " are replaced. Make it a view or drop it, then resume the read model and make it again.");
            }
            if (!isOwned) {
                throw new SwapRefused(
                        "view " + name + " of role " + owner + " reads its tables, and this role may not replace"
                                + " the view when they are replaced. Grant " + owner
                                + " to it, or drop the view, then resume the read model.");
            }
        }

        SwapRefused refused(SQLException e) {
            return new SwapRefused(
                    "view " + name + " reads its tables, and cannot be made to read those of the new version: "
                            + e.getMessage() + ". Drop the view or change it, then resume the read model.",
                    e);
        }

        String taken() {
            return "CREATE OR REPLACE VIEW " + name + " AS SELECT " + columns + " WHERE false";
        }

        String put() {
            String with = options.isEmpty() ? "" : " WITH (" + options + ")";
            return "CREATE OR REPLACE VIEW " + name + with + " AS " + definition;
        }
    }

    /**
     * Those on some tables and views of a schema.
     *
     * @throws SwapRefused where one of them cannot follow
     */
    static HostViews on(ModelSession session, String schema, List<String> live) throws SQLException {
        String path = session.text("SELECT current_setting('search_path')").orElse("");
        setPath(session, NO_PATH);
        HostViews found =
                session.query(FIND.formatted(schema), HostViews::read, schema, String.join(",", live), schema);
        setPath(session, path);
        found.views.forEach(View::requireReplaceable);
        return found;
    }

    private static void setPath(ModelSession session, String path) throws SQLException {
        session.text("SELECT set_config('search_path', ?, true)", path);
    }

    private static HostViews read(ResultSet rows) throws SQLException {
        List<View> views = new ArrayList<>();
        while (rows.next()) {
            views.add(new View(
                    rows.getString(1),
                    rows.getBoolean(2),
                    rows.getBoolean(3),
                    rows.getString(4),
                    rows.getString(5),
                    rows.getString(6),
                    rows.getString(7)));
        }
        return new HostViews(views);
    }

    /** Lets them read nothing, so that nothing holds what they read; waits for who reads them. */
    void takeOff(ModelSession session) throws SQLException {
        for (View view : views) {
            run(session, view, view.taken());
        }
    }

    /** Lets them read again what they read, by its name. */
    @Override
    public void run(ModelSession session) throws SQLException {
        for (View view : views) {
            run(session, view, view.put());
        }
    }

    private static void run(ModelSession session, View view, String statement) throws SQLException {
        session.text("SELECT set_config('recount.statement', ?, true)", statement);
        try {
            session.run(RUN);
        } catch (SQLException e) {
            if (PostgresErrors.isStatementError(e) || PostgresErrors.isNotAllowed(e)) {
                throw view.refused(e);
            }
            throw e;
        }
    }
}
