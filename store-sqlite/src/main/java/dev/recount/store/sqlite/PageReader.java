package dev.recount.store.sqlite;

import dev.recount.event.StoredEvent;
import dev.recount.internal.log.EventRow;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads pages. A page takes several statements, between which retention may remove what it is about to read; so they see one state
 * of the file, except where somebody already holds the write lock. No cursor stays open between pages, which would keep SQLite from
 * emptying its write-ahead log.
 */
final class PageReader {

    private static final int MAX_CHARACTERS = 8_000_000;

    private final Matches matches;
    private final Window window;
    private final int maxCharacters;
    private final List<StoredEvent> events = new ArrayList<>();
    private long characters;
    private boolean ended;
    private boolean complete = true;

    private PageReader(Matches matches, Window window, int maxCharacters) {
        this.matches = matches;
        this.window = window;
        this.maxCharacters = maxCharacters;
    }

    /** A page of the events above the floor. */
    static Page read(Session reader, Query query, ReadOptions options) throws SQLException {
        return OneView.of(reader, session -> read(session, query, Window.of(options, LogRow.position(session))));
    }

    /** The same of a window, inside a transaction. */
    static Page read(Session session, Query query, Window window) throws SQLException {
        if (window.isEmpty()) {
            return new Page(query, List.of(), window.end(), true);
        }
        PageReader reader = new PageReader(MatchFinder.find(session, query, window), window, MAX_CHARACTERS);
        // One event alone comes sooner by itself.
        if (window.limit() > 1) {
            reader.takeChunks(new EventUnpacker(session.typeNames()));
        }
        return reader.finish(query);
    }

    /** Row by row, and with at most one event beyond the number of characters. */
    static Page readRows(Matches matches, Query query, Window window, int maxCharacters) throws SQLException {
        return new PageReader(matches, window, maxCharacters).finish(query);
    }

    private Page finish(Query query) throws SQLException {
        if (!ended) {
            takeRows();
        }
        boolean looksOn = complete || window.newestFirst();
        return new Page(query, events, looksOn ? window.end() : lastSequence(), complete);
    }

    private void takeChunks(EventUnpacker unpacker) throws SQLException {
        boolean packed = true;
        while (packed && !ended) {
            Window part = rest(PackedRows.CHUNK);
            PackedRows rows = PackedRows.fetch(matches.select(EventForm.WHOLE, part), EventForm.WHOLE, part);
            for (int row = 0; row < rows.size() && hasRoom(); row++) {
                characters += rows.size(row);
                events.add(unpacker.unpack(rows, row));
            }
            packed = rows.isWhole();
            ended = ended || (packed && rows.size() < part.limit());
        }
    }

    private void takeRows() throws SQLException {
        try (ResultSet rows =
                matches.select(EventForm.ROWS, rest(Integer.MAX_VALUE)).executeQuery()) {
            while (rows.next() && hasRoom()) {
                EventRow row = EventColumns.read(rows);
                characters += row.size();
                events.add(row.toEvent());
            }
        }
    }

    // Asked for one more event that was found; where it has no place, the page ends and is not complete.
    private boolean hasRoom() {
        if (events.size() == window.limit() || characters > maxCharacters) {
            complete = false;
            ended = true;
        }
        return complete;
    }

    // What comes after the events that were taken, and one event more than there is room for.
    private Window rest(int most) {
        Window rest = events.isEmpty() ? window : window.beyond(lastSequence());
        return rest.withLimit(Math.min(most, window.limit() - events.size() + 1));
    }

    private long lastSequence() {
        return events.get(events.size() - 1).sequence();
    }
}
