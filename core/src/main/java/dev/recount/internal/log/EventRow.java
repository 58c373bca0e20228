package dev.recount.internal.log;

import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;

/** The stored texts of one event. Immutable. */
public record EventRow(
        long sequence,
        String type,
        int version,
        String tags,
        String data,
        String metadata,
        String occurredAt,
        String storedAt) {

    /**
     * The row of a new event. Tags and metadata that were never looked at are read here, so that malformed ones are refused
     * before anything is stored.
     */
    public static EventRow of(long sequence, NewEvent event, String storedAt) {
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

    /** The event; of a row that other hands made unreadable, whatever can be read. */
    public StoredEvent toEvent() {
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
    public int size() {
        return type.length() + tags.length() + data.length() + metadata.length();
    }

    /** Tags of a stored text; none where it is not readable. */
    public static Tags readTags(String tags) {
        Tags read = Tags.ofJson(tags);
        try {
            return PlainJson.isTagList(tags) || read.asList() != null ? read : Tags.none();
        } catch (IllegalArgumentException unreadable) {
            return Tags.none();
        }
    }

    /** Metadata of a stored text; none where it is not readable. */
    public static Metadata readMetadata(String metadata) {
        Metadata read = Metadata.ofJson(metadata);
        try {
            return PlainJson.isTextObject(metadata) || read.asMap() != null ? read : Metadata.empty();
        } catch (IllegalArgumentException unreadable) {
            return Metadata.empty();
        }
    }
}
