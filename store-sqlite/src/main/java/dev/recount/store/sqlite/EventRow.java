package dev.recount.store.sqlite;

import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The stored texts of one event. Immutable. */
record EventRow(
        long sequence,
        String type,
        int version,
        String tags,
        String data,
        String metadata,
        String occurredAt,
        String storedAt) {

    /** The columns that {@link #read} expects, of the table or view named {@code e}. */
    static final String COLUMNS =
            "e.sequence, e.type, e.version, e.tags, e.data, e.metadata, e.occurred_at, e.stored_at";

    static final String INSERT = "INSERT INTO recount_events"
            + " (sequence, type, version, tags, data, metadata, occurred_at, stored_at, chain)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /**
     * The row of a new event. Tags and metadata that were never looked at are read here, so that malformed ones are refused
     * before anything is stored.
     */
    static EventRow of(long sequence, NewEvent event, String storedAt) {
        event.tags().asList();
        event.metadata().asMap();
        return new EventRow(
                sequence,
                event.type(),
                event.version(),
                event.tags().toJson(),
                event.data(),
                event.metadata().toJson(),
                event.occurredAt().map(TimeText::of).orElse(storedAt),
                storedAt);
    }

    static EventRow read(ResultSet row) throws SQLException {
        return new EventRow(
                row.getLong(1),
                row.getString(2),
                row.getInt(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8));
    }

    void bind(PreparedStatement insert, byte[] chain) throws SQLException {
        insert.setLong(1, sequence);
        insert.setString(2, type);
        insert.setInt(3, version);
        insert.setString(4, tags);
        insert.setString(5, data);
        insert.setString(6, metadata);
        insert.setString(7, occurredAt);
        insert.setString(8, storedAt);
        insert.setBytes(9, chain);
    }

    /** The event; of a row that other hands made unreadable, whatever can be read. */
    StoredEvent toEvent() {
        return new StoredEvent(
                sequence,
                type,
                version,
                readTags(tags),
                data,
                readMetadata(metadata),
                TimeText.parseTolerantly(occurredAt),
                TimeText.parseTolerantly(storedAt));
    }

    /** How many characters it keeps in memory. */
    int size() {
        return type.length() + tags.length() + data.length() + metadata.length();
    }

    /** Tags of a stored text; none where it is not readable. */
    static Tags readTags(String tags) {
        Tags read = Tags.ofJson(tags);
        try {
            return PlainJson.isTagList(tags) || read.asList() != null ? read : Tags.none();
        } catch (IllegalArgumentException unreadable) {
            return Tags.none();
        }
    }

    /** Metadata of a stored text; none where it is not readable. */
    static Metadata readMetadata(String metadata) {
        Metadata read = Metadata.ofJson(metadata);
        try {
            return PlainJson.isTextObject(metadata) || read.asMap() != null ? read : Metadata.empty();
        } catch (IllegalArgumentException unreadable) {
            return Metadata.empty();
        }
    }
}
