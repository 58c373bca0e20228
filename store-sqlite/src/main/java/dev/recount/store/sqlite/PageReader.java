package dev.recount.store.sqlite;

import dev.recount.event.StoredEvent;
import dev.recount.store.Page;
import dev.recount.store.Query;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Reads pages. All events at or below a head that was once seen are there, so a page needs no transaction of its own; and no
 * cursor stays open between pages, which would keep SQLite from emptying its write-ahead log.
 */
final class PageReader {

    private static final int MAX_PAGE_CHARACTERS = 8_000_000;
    private static final int FETCHED_AT_ONCE = 500;
    private static final int DENSE = 256;

    private final Session session;
    private final Window window;
    private final List<StoredEvent> events = new ArrayList<>();
    private int characters;
    private boolean complete = true;

    private PageReader(Session session, Window window) {
        this.session = session;
        this.window = window;
    }

    static Page read(Session session, Query query, Window window) throws SQLException {
        PageReader reader = new PageReader(session, window);
        if (!window.isEmpty()) {
            reader.fill(Branch.of(query));
        }
        return new Page(query, reader.events, reader.upTo(), reader.complete);
    }

    private long upTo() {
        if (!complete && !window.newestFirst()) {
            return events.get(events.size() - 1).sequence();
        }
        return Math.max(window.after(), window.until());
    }

    private void fill(List<Branch> branches) throws SQLException {
        if (branches.size() == 1) {
            Branch branch = alongRarest(branches.get(0));
            PreparedStatement statement = session.prepare(branch.selectEvents(window.newestFirst()));
            branch.bind(statement, window);
            take(statement);
        } else if (!branches.isEmpty()) {
            fetch(sequences(branches));
        }
    }

    private void take(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (complete && rows.next()) {
                if (isFull()) {
                    complete = false;
                } else {
                    EventRow row = EventRow.read(rows);
                    characters += row.size();
                    events.add(row.toEvent());
                }
            }
        }
    }

    private boolean isFull() {
        return events.size() == window.limit() || characters > MAX_PAGE_CHARACTERS;
    }

    // Several alternatives are merged here and not in SQL, where their number would have a limit.
    private long[] sequences(List<Branch> branches) throws SQLException {
        LongStream.Builder found = LongStream.builder();
        for (Branch branch : branches) {
            Branch along = alongRarest(branch);
            PreparedStatement statement = session.prepare(along.selectSequences(window.newestFirst()));
            along.bind(statement, window);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getLong(1));
                }
            }
        }
        long[] ascending = found.build().sorted().distinct().toArray();
        int wanted = Math.min(ascending.length, window.limit() + 1);
        return window.newestFirst()
                ? Arrays.copyOfRange(ascending, ascending.length - wanted, ascending.length)
                : Arrays.copyOf(ascending, wanted);
    }

    private void fetch(long[] ascending) throws SQLException {
        String sql = "SELECT " + EventRow.COLUMNS + " FROM recount_events e"
                + " WHERE e.sequence IN (SELECT value FROM json_each(?)) ORDER BY e.sequence"
                + (window.newestFirst() ? " DESC" : "");
        for (int done = 0; complete && done < ascending.length; done += FETCHED_AT_ONCE) {
            int size = Math.min(FETCHED_AT_ONCE, ascending.length - done);
            int from = window.newestFirst() ? ascending.length - done - size : done;
            String wanted = Arrays.stream(ascending, from, from + size)
                    .mapToObj(Long::toString)
                    .collect(Collectors.joining(",", "[", "]"));
            take(session.prepare(sql, wanted));
        }
    }

    // The tag whose 256th event from here is farthest away, or that has no such event, is the one to walk along.
    private Branch alongRarest(Branch branch) throws SQLException {
        if (branch.tags().size() < 2) {
            return branch;
        }
        String rarest = branch.tags().get(0);
        long farthest = 0;
        for (String tag : branch.tags()) {
            long reach = reach(tag);
            if (reach > farthest) {
                farthest = reach;
                rarest = tag;
            }
        }
        return branch.along(rarest);
    }

    private long reach(String tag) throws SQLException {
        String order = window.newestFirst() ? "DESC" : "ASC";
        long sequence = session.number(
                "SELECT sequence FROM recount_event_tags WHERE tag = ? AND sequence > ? AND sequence <= ?"
                        + " ORDER BY sequence " + order + " LIMIT 1 OFFSET " + DENSE,
                tag,
                window.after(),
                window.until());
        if (sequence == 0) {
            return Long.MAX_VALUE;
        }
        return window.newestFirst() ? window.until() - sequence + 1 : sequence - window.after();
    }
}
