package dev.recount.store.sqlite;

import dev.recount.internal.log.Problems;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Compares the tag index with the tags that the events themselves hold, both ways. */
final class TagChecker {

    private static final int PAGE = 5_000;
    private static final String TAGS_OF_EVENT = "json_each(CASE WHEN json_valid(e.tags) THEN e.tags ELSE '[]' END) j";

    private final Session session;
    private final LogRow log;
    private final Problems problems;

    TagChecker(Session session, LogRow log, Problems problems) {
        this.session = session;
        this.log = log;
        this.problems = problems;
    }

    void check() throws SQLException {
        for (long after = log.floor(); after < log.head(); after += PAGE) {
            findMissing(after, Math.min(after + PAGE, log.head()));
        }
        findExtra();
    }

    private void findMissing(long after, long until) throws SQLException {
        String sql = "SELECT e.sequence, j.value FROM recount_events e, " + TAGS_OF_EVENT
                + " WHERE e.sequence > ? AND e.sequence <= ? AND NOT EXISTS"
                + " (SELECT 1 FROM recount_event_tags t WHERE t.tag = j.value AND t.sequence = e.sequence)";
        try (ResultSet rows = session.prepare(sql, after, until).executeQuery()) {
            while (rows.next()) {
                long sequence = rows.getLong(1);
                problems.add(
                        sequence, "tags", "Event " + sequence + " is not found by its tag " + rows.getString(2) + '.');
            }
        }
    }

    // A tag at or below the floor is left over from another program's retention; nobody reads it.
    private void findExtra() throws SQLException {
        String sql = "SELECT t.tag, t.sequence, EXISTS (SELECT 1 FROM recount_events e, " + TAGS_OF_EVENT
                + " WHERE e.sequence = t.sequence AND j.value = t.tag) FROM recount_event_tags t"
                + " WHERE (t.tag, t.sequence) > (?, ?) ORDER BY t.tag, t.sequence LIMIT " + PAGE;
        String tag = "";
        long sequence = 0;
        int read = PAGE;
        while (read == PAGE) {
            read = 0;
            try (ResultSet rows = session.prepare(sql, tag, sequence).executeQuery()) {
                while (rows.next()) {
                    tag = rows.getString(1);
                    sequence = rows.getLong(2);
                    read++;
                    if (!rows.getBoolean(3) && sequence > log.floor()) {
                        extra(tag, sequence);
                    }
                }
            }
        }
    }

    private void extra(String tag, long sequence) {
        problems.add(
                sequence, "tags", "Event " + sequence + " is found by the tag " + tag + ", which it does not have.");
    }
}
