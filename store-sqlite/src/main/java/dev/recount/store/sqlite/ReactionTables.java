package dev.recount.store.sqlite;

import java.sql.SQLException;
import java.util.List;

/** The two tables that a log's file has once a reactor has run on it, as docs/storage-format.md describes them. */
final class ReactionTables {

    private static final List<String> STATEMENTS = List.of(
            """
            CREATE TABLE IF NOT EXISTS recount_reactors (
              name TEXT PRIMARY KEY,
              log_id TEXT NOT NULL,
              checkpoint INTEGER NOT NULL,
              owner TEXT,
              until TEXT,
              fence INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID""",
            """
            CREATE TABLE IF NOT EXISTS recount_reactions (
              reactor TEXT NOT NULL,
              sequence INTEGER NOT NULL,
              position INTEGER NOT NULL,
              key TEXT,
              due TEXT NOT NULL,
              state TEXT NOT NULL,
              attempts INTEGER NOT NULL,
              reason TEXT NOT NULL,
              PRIMARY KEY (reactor, sequence, position)
            ) STRICT, WITHOUT ROWID""",
            "CREATE INDEX IF NOT EXISTS recount_reactions_by_due"
                    + " ON recount_reactions (reactor, state, due, sequence, position)",
            "CREATE INDEX IF NOT EXISTS recount_reactions_by_key ON recount_reactions (reactor, key)"
                    + " WHERE key IS NOT NULL");

    private ReactionTables() {}

    static boolean exist(Session session) throws SQLException {
        return session.number("SELECT count(*) FROM sqlite_master WHERE name = 'recount_reactions'") > 0;
    }

    static boolean create(Session writer) throws SQLException {
        for (String statement : STATEMENTS) {
            writer.run(statement);
        }
        return true;
    }
}
