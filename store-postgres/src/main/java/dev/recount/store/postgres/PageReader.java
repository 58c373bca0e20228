package dev.recount.store.postgres;

import dev.recount.event.StoredEvent;
import dev.recount.store.EventsRemoved;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads pages, each by one statement. No cursor stays open between them, which would keep the server from tidying up. */
final class PageReader {

    // A page is held in memory; a store may give fewer events than asked for.
    private static final int MAX_LIMIT = 10_000;
    private static final long MAX_BYTES = 8_000_000;

    private final Query query;
    private final ReadOptions options;
    private final int limit;
    private final List<StoredEvent> events = new ArrayList<>();
    private final EventColumns columns = new EventColumns();
    private boolean complete = true;

    private PageReader(Query query, ReadOptions options) {
        this.query = query;
        this.options = options;
        this.limit = Math.min(options.limit(), MAX_LIMIT);
    }

    static Page read(Session session, Rig rig, Query query, ReadOptions options) throws SQLException {
        PageReader reader = new PageReader(query, options);
        PageQuery statement = new PageQuery(query);
        return session.query(
                statement.text(options.isNewestFirst()),
                rows -> reader.page(rig.require(rows)),
                // One event more than the page may hold tells whether it is complete.
                statement.arguments(rig, options.after(), options.until(), reader.limit + 1, MAX_BYTES));
    }

    private Page page(ResultSet row) throws SQLException {
        long head = row.getLong(1);
        long floor = row.getLong(2);
        EventsRemoved.check(options.after(), floor);
        if (row.getObject(4) != null) {
            take(row);
        }
        long until = Math.min(options.until(), head);
        long end = Math.max(Math.max(options.after(), Math.min(floor, until)), until);
        boolean looksOn = complete || options.isNewestFirst();
        return new Page(query, events, looksOn ? end : lastSequence(), complete);
    }

    private void take(ResultSet row) throws SQLException {
        do {
            if (events.size() == limit) {
                complete = false;
                return;
            }
            events.add(columns.read(row));
            complete = row.getObject(3) == null;
        } while (row.next());
    }

    private long lastSequence() {
        return events.get(events.size() - 1).sequence();
    }
}
