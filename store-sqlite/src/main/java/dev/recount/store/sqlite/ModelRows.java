package dev.recount.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a file says of its read models: how far the live tables and builds are, and what failed. */
final class ModelRows {

    /** The number that stands for the live tables. */
    static final long LIVE = 0;

    // A log that never had such a model has no such tables, and a log of an older release none yet.
    private static final List<String> MISSING = List.of("""
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

    static boolean exist(Session session) throws SQLException {
        return session.number("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN"
                        + " ('recount_read_model_builds', 'recount_read_model_failures')")
                == MISSING.size();
    }

    static void create(Session writer) throws SQLException {
        for (String statement : MISSING) {
            writer.run(statement);
        }
    }

    /** The live tables of a model; empty before its first build is done. */
    static Optional<Tables> live(Session session, String model) throws SQLException {
        try (ResultSet row = session.prepare(FIND_LIVE, model).executeQuery()) {
            return row.next() ? Optional.of(tables(row, LIVE, false)) : Optional.empty();
        }
    }

    /** The same in a file that may have no table of failures. */
    static Optional<Tables> live(Session session, String model, boolean hasFailures) throws SQLException {
        if (hasFailures) {
            return live(session, model);
        }
        String sql = "SELECT version, checkpoint, 0 FROM recount_read_models WHERE name = ?";
        try (ResultSet row = session.prepare(sql, model).executeQuery()) {
            return row.next() ? Optional.of(tables(row, LIVE, false)) : Optional.empty();
        }
    }

    /** Those that are built beside them. */
    static Optional<Tables> build(Session session, String model) throws SQLException {
        try (ResultSet row = session.prepare(FIND_BUILD, model).executeQuery()) {
            return row.next() ? Optional.of(tables(row, row.getLong(4), row.getBoolean(5))) : Optional.empty();
        }
    }

    private static Tables tables(ResultSet row, long number, boolean isCompared) throws SQLException {
        return new Tables(row.getInt(1), row.getLong(2), row.getBoolean(3), number, isCompared);
    }

    /** Says that tables have everything up to a sequence. */
    static void save(Session writer, String model, long number, long checkpoint) throws SQLException {
        String table = number == LIVE ? "recount_read_models" : "recount_read_model_builds";
        writer.run("UPDATE " + table + " SET checkpoint = ? WHERE name = ?", checkpoint, model);
    }

    static void begin(Session writer, String model, int version, long number) throws SQLException {
        writer.run(
                "INSERT OR REPLACE INTO recount_read_model_builds (name, version, checkpoint, number) VALUES (?, ?, 0, ?)",
                model,
                version,
                number);
    }

    /** A build may take the place of the live tables, with which it was compared at a sequence. */
    static void compared(Session writer, String model, long sequence) throws SQLException {
        writer.run("UPDATE recount_read_model_builds SET compared = ? WHERE name = ?", sequence, model);
    }

    /** Throws a build away; its tables are left over. */
    static void giveUp(Session writer, String model, long number) throws SQLException {
        writer.run("DELETE FROM recount_read_model_builds WHERE name = ?", model);
        forget(writer, model, number);
    }

    /** Lets a model that stopped go on, live and built. */
    static void resume(Session writer, String model) throws SQLException {
        writer.run("DELETE FROM recount_read_model_failures WHERE model = ? AND tag = ''", model);
    }

    /** What was built is live from now on, with what failed in it. */
    static void swapped(Session writer, String model, Tables build) throws SQLException {
        writer.run(
                "INSERT OR REPLACE INTO recount_read_models (name, version, checkpoint) VALUES (?, ?, ?)",
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
    static void forget(Session writer, String model, long number) throws SQLException {
        writer.run("DELETE FROM recount_read_model_failures WHERE model = ? AND number = ?", model, number);
    }

    /** The names of all models of which the file has anything. */
    static List<String> names(Session session) throws SQLException {
        return session.texts(
                "SELECT name FROM recount_read_models UNION SELECT name FROM recount_read_model_builds"
                        + " UNION SELECT model FROM recount_read_model_tables UNION SELECT model FROM recount_read_model_failures");
    }

    /** Forgets all of a model. */
    static void forgetAll(Session writer, String model) throws SQLException {
        writer.run("DELETE FROM recount_read_models WHERE name = ?", model);
        writer.run("DELETE FROM recount_read_model_builds WHERE name = ?", model);
        writer.run("DELETE FROM recount_read_model_failures WHERE model = ?", model);
        writer.run("DELETE FROM recount_read_model_tables WHERE model = ?", model);
    }

    /** The tables and views of all other models, live and built, by their declared names in lower case; of the file that is open. */
    static Map<String, String> tablesOfOthers(Session session, String model) throws SQLException {
        Map<String, String> tables = new HashMap<>();
        if (session.hasTable("recount_read_model_tables")) {
            String sql = "SELECT name, model FROM recount_read_model_tables WHERE model <> ?";
            for (Map<String, @Nullable Object> row : session.rows(sql, model)) {
                String name = String.valueOf(row.get("name")).replaceFirst("@\\d+$", "");
                tables.put(name.toLowerCase(Locale.ROOT), String.valueOf(row.get("model")));
            }
        }
        return tables;
    }

    /** The names of a model's own tables or views, live ones or all others. */
    static List<String> registered(Session session, String model, String kind, boolean live) throws SQLException {
        String sql = "SELECT name FROM recount_read_model_tables WHERE model = ? AND kind = ? AND instr(name, '@') "
                + (live ? "= 0" : "> 0");
        return session.texts(sql, model, kind);
    }

    static void register(Session writer, String model, String kind, String name) throws SQLException {
        writer.run("INSERT INTO recount_read_model_tables (name, kind, model) VALUES (?, ?, ?)", name, kind, model);
    }

    static void unregister(Session writer, String name) throws SQLException {
        writer.run("DELETE FROM recount_read_model_tables WHERE name = ?", name);
    }
}
