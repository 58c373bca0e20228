package dev.recount.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recount.event.StoredEvent;
import dev.recount.internal.log.EventRow;
import dev.recount.internal.log.TimeText;
import java.time.Instant;
import java.util.Arrays;

/** Makes events of packed rows. Not thread-safe. */
final class EventUnpacker {

    private final TypeNames types;
    // Events of one append share their time, and most happened when they were stored.
    private byte[] lastTimeText = {};
    private Instant lastTime = Instant.EPOCH;

    EventUnpacker(TypeNames types) {
        this.types = types;
    }

    /** The event of a row of the form {@link EventForm#WHOLE}. */
    StoredEvent unpack(PackedRows rows, int row) {
        return new StoredEvent(
                rows.sequence(row),
                types.of(rows.bytes(), rows.start(row, 0), rows.end(row, 0)),
                rows.version(row),
                EventRow.readTags(text(rows, row, 1)),
                text(rows, row, 2),
                EventRow.readMetadata(text(rows, row, 3)),
                time(rows.bytes(), rows.start(row, 4), rows.end(row, 4)),
                time(rows.bytes(), rows.start(row, 5), rows.end(row, 5)));
    }

    private static String text(PackedRows rows, int row, int text) {
        int start = rows.start(row, text);
        return new String(rows.bytes(), start, rows.end(row, text) - start, UTF_8);
    }

    private Instant time(byte[] bytes, int from, int to) {
        if (!Arrays.equals(lastTimeText, 0, lastTimeText.length, bytes, from, to)) {
            lastTimeText = Arrays.copyOfRange(bytes, from, to);
            lastTime = TimeText.parseTolerantly(bytes, from, to);
        }
        return lastTime;
    }
}
