package dev.recount.store.sqlite;

import dev.recount.internal.log.EventChecker;
import dev.recount.internal.log.EventRow;
import dev.recount.internal.log.Problems;
import dev.recount.store.LogCheck;
import dev.recount.store.jdbc.ModelChecker;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Looks through a whole file. Events are read in pages, so that no long reader holds up SQLite's checkpoints. */
final class LogChecker {

    private static final int PAGE = 1_000;

    private final Session session;
    private final Path file;
    private final LongConsumer progress;
    private final Problems problems = new Problems();

    LogChecker(Session session, Path file, LongConsumer progress) {
        this.session = session;
        this.file = file;
        this.progress = progress;
    }

    LogCheck check() throws SQLException {
        LogRow log = LogRow.load(session, file);
        checkIntegrity();
        EventChecker events = new EventChecker(log.floor(), bytes(log.floorChain()), problems);
        for (long after = log.floor(); after < log.head(); ) {
            after = readPage(after, log.head(), events);
            progress.accept(after);
        }
        events.finish(log.head(), bytes(log.headChain()));
        checkBeyondHead();
        new TagChecker(session, log, problems).check();
        checkReceipts();
        new ModelChecker(session, problems).check();
        checkConsumers();
        return new LogCheck(
                events.count(),
                log.head(),
                log.floor(),
                log.logId(),
                (int) session.number("PRAGMA user_version"),
                events.isChainWhole() ? "ok" : "broken",
                problems.listed(),
                problems.count());
    }

    private static byte[] bytes(String hash) {
        return HexFormat.of().parseHex(hash);
    }

    private void checkIntegrity() throws SQLException {
        for (String line : session.texts("PRAGMA integrity_check(100)")) {
            if (!line.equals("ok")) {
                problems.add(0, "integrity", line);
            }
        }
    }

    // Retention may have passed since the page before: what it removed is not missing.
    private long readPage(long after, long head, EventChecker events) throws SQLException {
        return OneView.of(session, view -> {
            LogRow now = LogRow.load(view, file);
            if (now.floor() > after) {
                events.goOnFrom(now.floor(), bytes(now.floorChain()));
            }
            return readPage(view, Math.max(after, now.floor()), head, events);
        });
    }

    private static long readPage(Session session, long after, long head, EventChecker events) throws SQLException {
        String sql = "SELECT " + EventColumns.ALL + ", e.chain FROM recount_events e"
                + " WHERE e.sequence > ? AND e.sequence <= ? ORDER BY e.sequence LIMIT " + PAGE;
        int read = 0;
        long last = after;
        try (ResultSet rows = session.prepare(sql, after, head).executeQuery()) {
            while (rows.next()) {
                EventRow row = EventColumns.read(rows);
                events.take(row, rows.getBytes(9));
                last = row.sequence();
                read++;
            }
        }
        return read < PAGE ? head : last;
    }

    // Read after the events: what was appended meanwhile has moved the head, too.
    private void checkBeyondHead() throws SQLException {
        String sql = "SELECT max(sequence) AS newest, (SELECT head FROM recount_log) AS head FROM recount_events";
        Map<String, @Nullable Object> row = session.rows(sql).get(0);
        if (row.get("newest") instanceof Number newest
                && row.get("head") instanceof Number head
                && newest.longValue() > head.longValue()) {
            problems.add(
                    newest.longValue(),
                    "head",
                    "Event " + newest + " is after the head " + head
                            + ": something else than this library put it there.");
        }
    }

    private void checkReceipts() throws SQLException {
        String sql = "SELECT key, first, last FROM recount_receipts"
                + " WHERE last > (SELECT head FROM recount_log) OR first > last + 1 OR first < 1";
        forEach(
                sql,
                row -> problems.add(
                        0,
                        "receipt",
                        "Receipt '" + row.getString(1) + "' tells of sequences " + row.getLong(2) + " to "
                                + row.getLong(3) + ", which this log never had."));
    }

    private void checkConsumers() throws SQLException {
        if (session.hasTable("recount_consumers")) {
            checkCheckpoints();
        }
        if (ReactionTables.exist(session)) {
            new ReactionChecker(session, problems).check();
        }
    }

    private void checkCheckpoints() throws SQLException {
        String sql = "SELECT name, checkpoint FROM recount_consumers"
                + " WHERE checkpoint > (SELECT head FROM recount_log) OR checkpoint < 0";
        forEach(
                sql,
                row -> problems.add(
                        0,
                        "consumer",
                        "Consumer '" + row.getString(1) + "' claims to have everything up to sequence " + row.getLong(2)
                                + ", which is not between 0 and the head."));
    }

    private void forEach(String sql, Row row) throws SQLException {
        try (ResultSet rows = session.prepare(sql).executeQuery()) {
            while (rows.next()) {
                row.take(rows);
            }
        }
    }

    private interface Row {
        void take(ResultSet row) throws SQLException;
    }
}
