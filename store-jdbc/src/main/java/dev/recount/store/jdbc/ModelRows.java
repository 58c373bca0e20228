package dev.recount.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a file says of its read models: how far the live tables and builds are, and what failed. */
public final class ModelRows {

    /** The number that stands for the live tables. */
    static final long LIVE = 0;

    private static final String STOPPED = "EXISTS (SELECT 1 FROM recount_read_model_failures f"
            + " WHERE f.model = m.name AND f.number = %s AND f.tag = '')";
    private static final String FIND_LIVE =
            "SELECT version, checkpoint, " + STOPPED.formatted("0") + " FROM recount_read_models m WHERE name = ?";
    private static final String FIND_BUILD = "SELECT version, checkpoint, " + STOPPED.formatted("m.number")
            + ", number, compared IS NOT NULL FROM recount_read_model_builds m WHERE name = ?";

    private ModelRows() {}

    /**
     * How far tables are. Immutable.
     *
     * @param isCompared whether it is a build that was compared with the live tables and may take their place
     */
    record Tables(int version, long checkpoint, boolean isStopped, long number, boolean isCompared) {

        Tables at(long newCheckpoint) {
            return new Tables(version, newCheckpoint, isStopped, number, isCompared);
        }
    }

    public static boolean exist(ModelSession session) throws SQLException {
        return session.hasTable("recount_read_model_builds") && session.hasTable("recount_read_model_failures");
    }

    public static void create(ModelSession writer) throws SQLException {
        for (String statement : writer.dialect().bookkeeping()) {
            writer.run(statement);
        }
    }

    /** The live tables of a model; empty before its first build is done. */
    static Optional<Tables> live(ModelSession session, String model) throws SQLException {
        return session.query(
                FIND_LIVE, row -> row.next() ? Optional.of(tables(row, LIVE, false)) : Optional.empty(), model);
    }

    /** The same in a file that may have no table of failures. */
    static Optional<Tables> live(ModelSession session, String model, boolean hasFailures) throws SQLException {
        if (hasFailures) {
            return live(session, model);
        }
        String sql = "SELECT version, checkpoint, 0 FROM recount_read_models WHERE name = ?";
        return session.hasModels()
                ? session.query(
                        sql, row -> row.next() ? Optional.of(tables(row, LIVE, false)) : Optional.empty(), model)
                : Optional.empty();
    }

    /** Those that are built beside them. */
    static Optional<Tables> build(ModelSession session, String model) throws SQLException {
        return session.query(
                FIND_BUILD,
                row -> row.next() ? Optional.of(tables(row, row.getLong(4), row.getBoolean(5))) : Optional.empty(),
                model);
    }

    private static Tables tables(ResultSet row, long number, boolean isCompared) throws SQLException {
        return new Tables(row.getInt(1), row.getLong(2), row.getBoolean(3), number, isCompared);
    }

    /** Says that tables have everything up to a sequence. */
    static void save(ModelSession writer, String model, long number, long checkpoint) throws SQLException {
        String table = number == LIVE ? "recount_read_models" : "recount_read_model_builds";
        writer.run("UPDATE " + table + " SET checkpoint = ? WHERE name = ?", checkpoint, model);
    }

    static void begin(ModelSession writer, String model, int version, long number) throws SQLException {
        writer.run(
                "INSERT INTO recount_read_model_builds (name, version, checkpoint, number) VALUES (?, ?, 0, ?)"
                        + " ON CONFLICT (name) DO UPDATE SET version = excluded.version, checkpoint = 0,"
                        + " number = excluded.number, compared = NULL",
                model,
                version,
                number);
    }

    /** A build may take the place of the live tables, with which it was compared at a sequence. */
    static void compared(ModelSession writer, String model, long sequence) throws SQLException {
        writer.run("UPDATE recount_read_model_builds SET compared = ? WHERE name = ?", sequence, model);
    }

    /** Throws a build away; its tables are left over. */
    static void giveUp(ModelSession writer, String model, long number) throws SQLException {
        writer.run("DELETE FROM recount_read_model_builds WHERE name = ?", model);
        forget(writer, model, number);
    }

    /** Lets a model that stopped go on, live and built. */
    static void resume(ModelSession writer, String model) throws SQLException {
        writer.run("DELETE FROM recount_read_model_failures WHERE model = ? AND tag = ''", model);
    }

    /** What was built is live from now on, with what failed in it. */
    static void swapped(ModelSession writer, String model, Tables build) throws SQLException {
        writer.run(
                "INSERT INTO recount_read_models (name, version, checkpoint) VALUES (?, ?, ?)"
                        + " ON CONFLICT (name) DO UPDATE SET version = excluded.version, checkpoint = excluded.checkpoint",
                model,
                build.version(),
                build.checkpoint());
        writer.run("DELETE FROM recount_read_model_builds WHERE name = ?", model);
        forget(writer, model, LIVE);
        writer.run(
                "UPDATE recount_read_model_failures SET number = 0 WHERE model = ? AND number = ?",
                model,
                build.number());
    }

    /** Forgets what failed in tables. */
    static void forget(ModelSession writer, String model, long number) throws SQLException {
        writer.run("DELETE FROM recount_read_model_failures WHERE model = ? AND number = ?", model, number);
    }

    /** The names of all models of which the file has anything. */
    static List<String> names(ModelSession session) throws SQLException {
        return session.texts(
                "SELECT name FROM recount_read_models UNION SELECT name FROM recount_read_model_builds"
                        + " UNION SELECT model FROM recount_read_model_tables UNION SELECT model FROM recount_read_model_failures");
    }

    /** Forgets all of a model. */
    static void forgetAll(ModelSession writer, String model) throws SQLException {
        writer.run("DELETE FROM recount_read_models WHERE name = ?", model);
        writer.run("DELETE FROM recount_read_model_builds WHERE name = ?", model);
        writer.run("DELETE FROM recount_read_model_failures WHERE model = ?", model);
        writer.run("DELETE FROM recount_read_model_tables WHERE model = ?", model);
    }

    /** The tables and views of all other models, live and built, by their declared names in lower case; of the file that is open. */
    static Map<String, String> tablesOfOthers(ModelSession session, String model) throws SQLException {
        Map<String, String> tables = new HashMap<>();
        if (session.hasTable("recount_read_model_tables")) {
            String sql = "SELECT name, model FROM recount_read_model_tables WHERE model <> ?";
            session.query(
                    sql,
                    rows -> {
                        while (rows.next()) {
                            String name = rows.getString(1).replaceFirst("@\\d+$", "");
                            tables.put(name.toLowerCase(Locale.ROOT), rows.getString(2));
                        }
                        return true;
                    },
                    model);
        }
        return tables;
    }

    /** The names of a model's own tables or views, live ones or all others. */
    static List<String> registered(ModelSession session, String model, String kind, boolean live) throws SQLException {
        String sql = "SELECT name FROM recount_read_model_tables WHERE model = ? AND kind = ? AND name "
                + (live ? "NOT LIKE '%@%'" : "LIKE '%@%'");
        return session.texts(sql, model, kind);
    }

    static void register(ModelSession writer, String model, String kind, String name) throws SQLException {
        writer.run("INSERT INTO recount_read_model_tables (name, kind, model) VALUES (?, ?, ?)", name, kind, model);
    }

    static void unregister(ModelSession writer, String name) throws SQLException {
        writer.run("DELETE FROM recount_read_model_tables WHERE name = ?", name);
    }
}
