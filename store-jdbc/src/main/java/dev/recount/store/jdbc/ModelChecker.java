package dev.recount.store.jdbc;

import dev.recount.internal.log.Problems;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks what a database says of its read models: that they claim nothing that the log does not have, that their tables are there, and
 * what failed in them. Not thread-safe: use from one thread at a time.
 */
public final class ModelChecker {

    private static final String KIND = "readModel";

    private final ModelSession session;
    private final Problems problems;

    /** For one check. */
    public ModelChecker(ModelSession session, Problems problems) {
        this.session = session;
        this.problems = problems;
    }

    /** Looks at all as of one moment. */
    public void check() throws SQLException {
        session.beginView();
        try {
            if (session.hasModels()) {
                checkpoints("Read model", "recount_read_models");
            }
            if (ModelRows.exist(session)) {
                checkpoints("The build of read model", "recount_read_model_builds");
                failures();
                tables();
            }
        } finally {
            session.endView();
        }
    }

    private void checkpoints(String what, String table) throws SQLException {
        String sql = "SELECT name, checkpoint FROM " + table + " WHERE checkpoint > ? OR checkpoint < 0 ORDER BY name";
        forEach(
                sql,
                row -> problems.add(
                        0,
                        KIND,
                        what + " '" + row.getString(1) + "' claims to have everything up to sequence " + row.getLong(2)
                                + ", which is not between 0 and the head."),
                session.position().head());
    }

    private void failures() throws SQLException {
        String sql = "SELECT model, sequence, tag, left_out, cause FROM recount_read_model_failures ORDER BY sequence";
        forEach(sql, row -> {
            String since = row.getString(3).isEmpty()
                    ? "' stopped there: "
                    : "' leaves out " + row.getLong(4) + " events of " + row.getString(3) + " since: ";
            problems.add(row.getLong(2), KIND, "Read model '" + row.getString(1) + since + row.getString(5));
        });
    }

    private record Registered(String name, String kind, String model) {}

    private void tables() throws SQLException {
        List<Registered> all = new ArrayList<>();
        forEach(
                "SELECT name, kind, model FROM recount_read_model_tables ORDER BY name",
                row -> all.add(new Registered(row.getString(1), row.getString(2), row.getString(3))));
        for (Registered each : all) {
            if (session.dialect().kindOf(session, each.name()).isEmpty()) {
                problems.add(
                        0,
                        KIND,
                        "Read model '" + each.model() + "' has lost its " + each.kind() + " '" + each.name()
                                + "': something else than this library dropped it. Rebuild the read model.");
            }
        }
    }

    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private void forEach(String sql, Row taken, Object... arguments) throws SQLException {
        session.query(
                sql,
                rows -> {
                    while (rows.next()) {
                        taken.take(rows);
                    }
                    return true;
                },
                arguments);
    }
}
