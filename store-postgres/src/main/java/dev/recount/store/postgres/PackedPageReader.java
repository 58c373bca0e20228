package dev.recount.store.postgres;

import dev.recount.event.PackedEvents;
import dev.recount.store.EventsRemoved;
import dev.recount.store.PackedPage;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads packed pages, each by one statement; the bytes of the data are taken over as the server sends them. */
final class PackedPageReader {

    private static final int MAX_LIMIT = 1_000;
    // Large events are few to a page, so that two pages at once fit into a small heap.
    private static final long MAX_BYTES = 1_000_000;

    private final ReadOptions options;
    private final int limit;
    private final List<Packed> rows = new ArrayList<>();
    private int bytes;
    private boolean complete = true;

    private PackedPageReader(ReadOptions options) {
        this.options = options;
        this.limit = Math.min(options.limit(), MAX_LIMIT);
    }

    @SuppressWarnings("ArrayRecordComponent") // It stays in here.
    private record Packed(long sequence, String type, int version, byte[] data) {}

    static PackedPage read(Session session, Rig rig, Query query, ReadOptions options) throws SQLException {
        PackedPageReader reader = new PackedPageReader(options);
        PageQuery statement = new PageQuery(query);
        return session.query(
                statement.packedText(),
                rows -> reader.page(rig.require(rows)),
                // One event more than the page may hold tells whether it is complete.
                statement.arguments(rig, options.after(), options.until(), reader.limit + 1, MAX_BYTES));
    }

    private PackedPage page(ResultSet row) throws SQLException {
        long head = row.getLong(1);
        long floor = row.getLong(2);
        EventsRemoved.check(options.after(), floor);
        if (row.getObject(4) != null) {
            take(row);
        }
        long until = Math.min(options.until(), head);
        long end = Math.max(Math.max(options.after(), Math.min(floor, until)), until);
        return new PackedPage(pack(), complete ? end : rows.get(rows.size() - 1).sequence(), complete);
    }

    private void take(ResultSet row) throws SQLException {
        do {
            if (rows.size() == limit) {
                complete = false;
                return;
            }
            byte[] data = row.getBytes(7);
            rows.add(new Packed(row.getLong(4), row.getString(5), row.getInt(6), data));
            bytes += data.length + 1;
            complete = row.getObject(3) == null;
        } while (row.next());
    }

    private PackedEvents pack() {
        byte[] all = new byte[bytes];
        PackedEvents.Builder events = PackedEvents.over(all, rows.size());
        int at = 0;
        for (Packed row : rows) {
            System.arraycopy(row.data(), 0, all, at, row.data().length);
            events.add(row.sequence(), row.type(), row.version(), at, at + row.data().length);
            at += row.data().length + 1;
        }
        return events.build();
    }
}
