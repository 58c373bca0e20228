package dev.recount.store.postgres;

import dev.recount.event.StoredEvent;
import dev.recount.internal.log.EventRow;
import dev.recount.internal.log.TimeText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** The columns of an event, from the fourth of a row on. Not thread-safe: use from one thread at a time. */
final class EventColumns {

    // Events of one append share their time, and most happened when they were stored.
    private String lastText = "";
    private Instant last = Instant.EPOCH;

    StoredEvent read(ResultSet row) throws SQLException {
        Instant storedAt = time(row.getString(11));
        return new StoredEvent(
                row.getLong(4),
                row.getString(5),
                row.getInt(6),
                EventRow.readTags(row.getString(8)),
                row.getString(7),
                EventRow.readMetadata(row.getString(9)),
                time(row.getString(10)),
                storedAt);
    }

    private Instant time(String text) {
        if (!text.equals(lastText)) {
            lastText = text;
            last = TimeText.parseTolerantly(text);
        }
        return last;
    }
}
