package dev.recount.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recount.internal.log.Problems;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Checks what a rig has beside its events: that nothing lies after its head, and that rows have the form that this library gives them. */
final class RowChecker {

    private static final String BEYOND = """
            SELECT e.sequence, r.head FROM {s}.rigs r JOIN {s}.events e ON e.rig = r.rig AND e.sequence > r.head
            WHERE r.rig = ? ORDER BY e.sequence DESC LIMIT 1""";

    private static final String RECEIPTS = """
            SELECT t.key, t.first, t.last FROM {s}.rigs r JOIN {s}.receipts t ON t.rig = r.rig
            WHERE r.rig = ? AND (t.last > r.head OR t.first > t.last + 1 OR t.first < 1)""";

    private static final String CONSUMERS = """
            SELECT c.name, c.checkpoint FROM {s}.rigs r JOIN {s}.consumers c ON c.rig = r.rig
            WHERE r.rig = ? AND c.checkpoint NOT BETWEEN 0 AND r.head""";

    private static final String REACTORS = """
            SELECT 0, 'Reactor ''' || name || '''', wrong FROM (SELECT a.name, CASE
              WHEN a.log_id = r.log_id AND a.checkpoint NOT BETWEEN 0 AND r.head
                THEN 'claims to have everything up to sequence ' || a.checkpoint || ', which is not between 0 and the head'
              WHEN a.checkpoint < 0 OR a.fence < 0 THEN 'has checkpoint ' || a.checkpoint || ' and fence ' || a.fence
              WHEN (a.owner IS NULL) <> (a.until IS NULL) THEN 'has half a lease'
              WHEN a.until !~ '^[0-9]{4}-.*T.*Z$' THEN 'has a lease until ''' || a.until || ''', which is no time'
            END AS wrong FROM {s}.rigs r JOIN {s}.reactors a ON a.rig = r.rig WHERE r.rig = ?) w
            WHERE wrong IS NOT NULL""";

    private static final String REACTIONS = """
            SELECT sequence, 'Reaction ' || position || ' of reactor ''' || reactor || '''', wrong FROM (
            SELECT x.sequence, x.position, x.reactor, CASE
              WHEN a.name IS NULL THEN 'has no reactor'
              WHEN x.sequence < 1 OR x.sequence > a.checkpoint
                THEN 'is to an event after the reactor''s checkpoint, or to none'
              WHEN x.state NOT IN ('pending', 'parked', 'rejected') THEN 'has the state ''' || x.state || ''''
              WHEN x.due !~ '^[0-9]{4}-.*T.*Z$' THEN 'is due at ''' || x.due || ''', which is no time'
              WHEN x.position < 0 OR x.attempts < 0 THEN 'has had ' || x.attempts || ' tries'
            END AS wrong FROM {s}.reactions x LEFT JOIN {s}.reactors a ON a.rig = x.rig AND a.name = x.reactor
            WHERE x.rig = ?) w WHERE wrong IS NOT NULL""";

    private final PostgresEventStore store;
    private final Rig rig;
    private final Problems problems;

    RowChecker(PostgresEventStore store, Rig rig, Problems problems) {
        this.store = store;
        this.rig = rig;
        this.problems = problems;
    }

    void check() {
        forEach(BEYOND, this::beyond);
        forEach(RECEIPTS, this::receipt);
        forEach(CONSUMERS, this::consumer);
        forEach(REACTORS, this::reactor);
        forEach(REACTIONS, this::reactor);
    }

    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private void forEach(String sql, Row taken) {
        store.look(session -> session.query(
                sql,
                row -> {
                    while (row.next()) {
                        taken.take(row);
                    }
                    return true;
                },
                rig.key()));
    }

    private void beyond(ResultSet row) throws SQLException {
        problems.add(
                row.getLong(1),
                "head",
                "Event " + row.getLong(1) + " is after the head " + row.getLong(2)
                        + ": something else than this library put it there.");
    }

    private void receipt(ResultSet row) throws SQLException {
        problems.add(
                0,
                "receipt",
                "Receipt '" + new String(row.getBytes(1), UTF_8) + "' tells of sequences " + row.getLong(2) + " to "
                        + row.getLong(3) + ", which this log never had.");
    }

    private void consumer(ResultSet row) throws SQLException {
        problems.add(
                0,
                "consumer",
                "Consumer '" + row.getString(1) + "' claims to have everything up to sequence " + row.getLong(2)
                        + ", which is not between 0 and the head.");
    }

    private void reactor(ResultSet row) throws SQLException {
        problems.add(row.getLong(1), "reactor", row.getString(2) + ' ' + row.getString(3) + '.');
    }
}
