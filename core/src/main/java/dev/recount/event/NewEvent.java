package dev.recount.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way into a store: type, tags and JSON text, no class.
 *
 * <p>Whatever is refused here never reaches a store: a blank type, data that is not one well-formed JSON value on one line,
 * characters without a UTF-8 form, tags and metadata from malformed texts, times outside the years 0 to 9999.
 *
 * <pre>{@code
 * NewEvent hooked = NewEvent.of("bead.hooked", "{\"bead\":\"gt-1a2b\",\"agent\":\"toast\"}")
 *         .withTags(Tags.of("bead", "gt-1a2b").and("agent", "toast"));
 * }</pre>
 *
 * <p>Immutable.
 */
public final class NewEvent {

    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private final String type;
    private final int version;
    private final Tags tags;
    private final String data;
    private final Metadata metadata;
    private final @Nullable Instant occurredAt;

    private NewEvent(
            String type, int version, Tags tags, String data, Metadata metadata, @Nullable Instant occurredAt) {
        this.type = type;
        this.version = version;
        this.tags = tags;
        this.data = data;
        this.metadata = metadata;
        this.occurredAt = occurredAt;
    }

    /**
     * An event of schema version 1 without tags and metadata.
     *
     * @param type the stable name, e.g. {@code bead.hooked}; 1 to 500 characters
     * @param data one JSON value on one line
     * @throws IllegalArgumentException where either is not that
     */
    public static NewEvent of(String type, String data) {
        Text.requireShort("Event type", type);
        JsonScanner.requireOneValue(data);
        return new NewEvent(type, 1, Tags.none(), data, Metadata.empty(), null);
    }

    /**
     * A stored event as a new one, to be stored again in another log: all but its sequence and the time at which it was stored.
     *
     * @throws IllegalArgumentException where its row was written by other hands, and could not be stored
     */
    public static NewEvent again(StoredEvent stored) {
        return of(stored.type(), stored.data())
                .withVersion(stored.version())
                .withTags(stored.tags())
                .withMetadata(stored.metadata())
                .withOccurredAt(stored.occurredAt());
    }

    /**
     * With these tags instead.
     *
     * @throws IllegalArgumentException where they come from a malformed text
     */
    public NewEvent withTags(Tags newTags) {
        return new NewEvent(type, version, newTags.inOwnWords(), data, metadata, occurredAt);
    }

    /**
     * With this metadata instead.
     *
     * @throws IllegalArgumentException where it comes from a malformed text
     */
    public NewEvent withMetadata(Metadata newMetadata) {
        newMetadata.requireReadable();
        return new NewEvent(type, version, tags, data, newMetadata, occurredAt);
    }

    /**
     * With the version of the type's schema, from 1.
     *
     * @throws IllegalArgumentException below 1
     */
    public NewEvent withVersion(int newVersion) {
        if (newVersion < 1) {
            throw new IllegalArgumentException("Version " + newVersion + " of " + type + " is below 1. Count from 1.");
        }
        return new NewEvent(type, newVersion, tags, data, metadata, occurredAt);
    }

    /**
     * With the time at which it happened, by the caller's clock, kept to the microsecond. Without, the store's time stands.
     *
     * @throws IllegalArgumentException outside the years 0 to 9999
     */
    public NewEvent withOccurredAt(Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException(
                    "Time " + time + " of " + type + " is outside the years 0 to 9999. Check its unit.");
        }
        return new NewEvent(type, version, tags, data, metadata, time.truncatedTo(ChronoUnit.MICROS));
    }

    /** The stable name of what happened. */
    public String type() {
        return type;
    }

    /** The version of the type's schema, from 1. */
    public int version() {
        return version;
    }

    /** By what queries find it. */
    public Tags tags() {
        return tags;
    }

    /** One JSON value on one line. */
    public String data() {
        return data;
    }

    /** How it came to be. */
    public Metadata metadata() {
        return metadata;
    }

    /** When it happened, by the caller's clock; empty where the store's time stands. */
    public Optional<Instant> occurredAt() {
        return Optional.ofNullable(occurredAt);
    }

    @Override
    public boolean equals(@Nullable Object object) {
        if (!(object instanceof NewEvent other)) {
            return false;
        }
        return type.equals(other.type)
                && version == other.version
                && tags.equals(other.tags)
                && data.equals(other.data)
                && metadata.equals(other.metadata)
                && Objects.equals(occurredAt, other.occurredAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, version, tags, data, metadata, occurredAt);
    }

    @Override
    public String toString() {
        return type + " " + data + " [" + tags + "]";
    }
}
