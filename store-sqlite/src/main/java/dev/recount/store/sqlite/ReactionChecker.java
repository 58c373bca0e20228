package dev.recount.store.sqlite;

import dev.recount.internal.log.Problems;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Checks what a file keeps of reactors: that rows have the form that this library gives them, and that none lies after the head of its
 * log, where that is the log of this file.
 */
final class ReactionChecker {

    private static final String REACTORS = """
            SELECT 0, 'Reactor ''' || name || '''', CASE
              WHEN log_id = (SELECT log_id FROM recount_log)
                AND checkpoint NOT BETWEEN 0 AND (SELECT head FROM recount_log)
                THEN 'claims to have everything up to sequence ' || checkpoint || ', which is not between 0 and the head'
              WHEN checkpoint < 0 OR fence < 0 THEN 'has checkpoint ' || checkpoint || ' and fence ' || fence
              WHEN (owner IS NULL) <> (until IS NULL) THEN 'has half a lease'
              WHEN until NOT GLOB '[0-9][0-9][0-9][0-9]-*T*Z' THEN 'has a lease until ''' || until || ''', which is no time'
            END AS wrong FROM recount_reactors WHERE wrong IS NOT NULL""";

    private static final String REACTIONS = """
            SELECT sequence, 'Reaction ' || position || ' of reactor ''' || reactor || '''', CASE
              WHEN name IS NULL THEN 'has no reactor'
              WHEN sequence < 1 OR sequence > checkpoint THEN 'is to an event after the reactor''s checkpoint, or to none'
              WHEN state NOT IN ('pending', 'parked', 'rejected') THEN 'has the state ''' || state || ''''
              WHEN due NOT GLOB '[0-9][0-9][0-9][0-9]-*T*Z' THEN 'is due at ''' || due || ''', which is no time'
              WHEN position < 0 OR attempts < 0 THEN 'has had ' || attempts || ' tries'
            END AS wrong FROM recount_reactions LEFT JOIN recount_reactors ON name = reactor WHERE wrong IS NOT NULL""";

    private final Session session;
    private final Problems problems;

    ReactionChecker(Session session, Problems problems) {
        this.session = session;
        this.problems = problems;
    }

    void check() throws SQLException {
        find(REACTORS);
        find(REACTIONS);
    }

    private void find(String sql) throws SQLException {
        try (ResultSet rows = session.prepare(sql).executeQuery()) {
            while (rows.next()) {
                problems.add(rows.getLong(1), "reactor", rows.getString(2) + ' ' + rows.getString(3) + '.');
            }
        }
    }
}
