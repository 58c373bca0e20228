package dev.recount.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recount.event.PackedEvents;
import dev.recount.event.StoredEvent;
import dev.recount.store.PackedPage;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;

/** Reads packed pages: each is what one statement gave in one value. */
final class PackedPageReader {

    // Large events are few to a page, so that two pages at once fit into a small heap.
    private static final int MAX_CHARACTERS_OF_ROWS = 1_000_000;

    private final Session session;
    private final Query query;
    private final Window window;

    private PackedPageReader(Session session, Query query, Window window) {
        this.session = session;
        this.query = query;
        this.window = window;
    }

    /** A page of the events above the floor, from one state of the file. */
    static PackedPage read(Session reader, Query query, ReadOptions options) throws SQLException {
        return OneView.of(reader, session -> read(session, query, Window.of(options, LogRow.position(session))));
    }

    /** The same of a window, inside a transaction. */
    static PackedPage read(Session session, Query query, Window window) throws SQLException {
        if (window.isEmpty()) {
            return new PackedPage(PackedEvents.none(), window.end(), true);
        }
        Window page = window.withLimit(Math.min(window.limit(), PackedRows.CHUNK - 1));
        return new PackedPageReader(session, query, page).read();
    }

    private PackedPage read() throws SQLException {
        Matches matches = MatchFinder.find(session, query, window);
        if (query.isAll()) {
            Window next = window.next(window.limit());
            PackedRows rows =
                    PackedRows.fetch(matches.select(EventForm.CONSECUTIVE, next), EventForm.CONSECUTIVE, next);
            // As many as there are sequences: none is missing among them.
            if (rows.count() == next.until() - next.after() && isUsable(rows)) {
                return page(rows, rows.size(), next.after() + rows.size() == window.until());
            }
        }
        Window part = window.withLimit(window.limit() + 1);
        PackedRows rows = PackedRows.fetch(matches.select(EventForm.DATA, part), EventForm.DATA, part);
        return isUsable(rows)
                ? page(rows, Math.min(rows.size(), window.limit()), rows.isWhole() && rows.size() <= window.limit())
                : pack(PageReader.readRows(matches, query, window, MAX_CHARACTERS_OF_ROWS));
    }

    // A parser of bytes and one of strings take ill-formed bytes differently, so such rows are made strings first.
    private static boolean isUsable(PackedRows rows) {
        return (rows.size() > 0 || rows.isWhole()) && (rows.isAscii() || Utf8.isWellFormed(rows.bytes()));
    }

    private PackedPage page(PackedRows rows, int size, boolean complete) {
        // Looked up first: the numbers between the events are blanked.
        long upTo = complete ? window.end() : rows.sequence(size - 1);
        return new PackedPage(events(rows, size), upTo, complete);
    }

    private PackedEvents events(PackedRows rows, int size) {
        PackedEvents.Builder events = PackedEvents.over(rows.bytes(), size);
        for (int row = 0; row < size; row++) {
            String type = session.typeNames().of(rows.bytes(), rows.start(row, 0), rows.end(row, 0));
            events.add(rows.sequence(row), type, rows.version(row), rows.start(row, 1), rows.end(row, 1));
        }
        return events.build();
    }

    private static PackedPage pack(Page page) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        int[] ends = new int[page.events().size()];
        for (int i = 0; i < ends.length; i++) {
            data.writeBytes(page.events().get(i).data().getBytes(UTF_8));
            ends[i] = data.size();
            data.write(' ');
        }
        PackedEvents.Builder events = PackedEvents.over(data.toByteArray(), ends.length);
        for (int i = 0; i < ends.length; i++) {
            StoredEvent event = page.events().get(i);
            events.add(event.sequence(), event.type(), event.version(), i == 0 ? 0 : ends[i - 1] + 1, ends[i]);
        }
        return new PackedPage(events.build(), page.upTo(), page.complete());
    }
}
