package dev.recount.store.postgres;

import dev.recount.internal.log.EventRow;
import dev.recount.internal.log.Problems;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Compares the table of tags with the tags that the events themselves hold, both ways. Not thread-safe: made for one check. */
final class TagChecker {

    private static final int PAGE = 5_000;

    // What retention has removed since its event was read is not missing.
    private static final String MISSING =
            "SELECT u.tag, u.sequence, true FROM unnest(?::text[], ?::bigint[]) AS u(tag, sequence)"
                    + " WHERE NOT EXISTS (SELECT FROM {s}.event_tags t"
                    + " WHERE t.rig = ? AND t.tag = u.tag AND t.sequence = u.sequence)"
                    + " AND u.sequence > (SELECT floor FROM {s}.rigs WHERE rig = ?) ORDER BY u.sequence, u.tag";

    // What was appended since the check began is its event's, too.
    private static final String COUNT = "SELECT count(*) FILTER (WHERE t.sequence <= ?), count(*) FILTER"
            + " (WHERE t.sequence > r.head) FROM {s}.rigs r JOIN {s}.event_tags t ON t.rig = r.rig"
            + " AND t.sequence > r.floor WHERE r.rig = ?";

    private static final String WALK = "SELECT t.tag, t.sequence, e.tags, t.sequence > r.floor FROM {s}.rigs r"
            + " CROSS JOIN LATERAL (SELECT tag, sequence FROM {s}.event_tags WHERE rig = r.rig"
            + " AND (tag, sequence) > (?, ?) ORDER BY tag, sequence LIMIT ?) t"
            + " LEFT JOIN {s}.events e ON e.rig = r.rig AND e.sequence = t.sequence WHERE r.rig = ?"
            + " ORDER BY t.tag, t.sequence";

    private final PostgresEventStore store;
    private final Rig rig;
    private final Problems problems;
    private long expected;
    private boolean allFound = true;

    TagChecker(PostgresEventStore store, Rig rig, Problems problems) {
        this.store = store;
        this.rig = rig;
        this.problems = problems;
    }

    /** A tag of the table, and whether its event has it. */
    private record Found(String tag, long sequence, boolean isOfEvent) {}

    /** Looks whether these events are found by their tags. */
    void take(List<EventRow> rows) {
        List<String> tags = new ArrayList<>();
        List<Long> sequences = new ArrayList<>();
        for (EventRow row : rows) {
            for (String each : EventRow.readTags(row.tags()).asList()) {
                tags.add(PendingRows.indexed(each));
                sequences.add(row.sequence());
            }
        }
        expected += tags.size();
        for (Found missing : missing(tags.toArray(String[]::new), sequences.toArray(Long[]::new))) {
            allFound = false;
            problems.add(
                    missing.sequence(),
                    "tags",
                    "Event " + missing.sequence() + " is not found by its tag " + missing.tag() + '.');
        }
    }

    private List<Found> missing(String[] tags, Long[] sequences) {
        return store.look(
                session -> session.query(MISSING, TagChecker::missing, tags, sequences, rig.key(), rig.key()));
    }

    private static List<Found> missing(ResultSet row) throws SQLException {
        List<Found> all = new ArrayList<>();
        while (row.next()) {
            all.add(new Found(row.getString(1), row.getLong(2), true));
        }
        return all;
    }

    /** Looks for tags that no event has; where there are as many as there should be, there are none. */
    void finish(CheckedLog log) {
        boolean asMany = store.look(session -> session.query(
                COUNT, row -> row.next() && row.getLong(1) == expected && row.getLong(2) == 0, log.head(), rig.key()));
        if (!asMany || !allFound) {
            findExtra();
        }
    }

    private void findExtra() {
        List<Found> page = walk("", 0);
        while (!page.isEmpty()) {
            page.stream().filter(found -> !found.isOfEvent()).forEach(this::extra);
            Found last = page.get(page.size() - 1);
            page = walk(last.tag(), last.sequence());
        }
    }

    private void extra(Found found) {
        problems.add(
                found.sequence(),
                "tags",
                "Event " + found.sequence() + " is found by the tag " + found.tag() + ", which it does not have.");
    }

    private List<Found> walk(String tag, long sequence) {
        return store.look(session -> session.query(WALK, TagChecker::walked, tag, sequence, PAGE, rig.key()));
    }

    private static List<Found> walked(ResultSet row) throws SQLException {
        List<Found> all = new ArrayList<>();
        while (row.next()) {
            String tags = row.getString(3);
            // A tag at or below the floor is left over from a retention that was broken off; nobody reads it.
            boolean isOfEvent = !row.getBoolean(4) || (tags != null && isAmong(tags, row.getString(1)));
            all.add(new Found(row.getString(1), row.getLong(2), isOfEvent));
        }
        return all;
    }

    private static boolean isAmong(String tags, String indexed) {
        return EventRow.readTags(tags).asList().stream()
                .anyMatch(tag -> PendingRows.indexed(tag).equals(indexed));
    }
}
