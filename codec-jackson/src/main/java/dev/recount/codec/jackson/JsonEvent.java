package dev.recount.codec.jackson;

import dev.recount.codec.UndecodableEvent;
import dev.recount.event.StoredEvent;

/**
 * An event on its way from an old version of its schema to today's: type, version and data.
 *
 * <p>Immutable.
 */
public final class JsonEvent {

    private final StoredEvent stored;
    private final String type;
    private final int version;
    private final JsonObject data;

    private JsonEvent(StoredEvent stored, String type, int version, JsonObject data) {
        this.stored = stored;
        this.type = type;
        this.version = version;
        this.data = data;
    }

    /**
     * A stored event as it is stored.
     *
     * @throws UndecodableEvent where its data is not a JSON object
     */
    public static JsonEvent of(StoredEvent stored) {
        try {
            return new JsonEvent(stored, stored.type(), stored.version(), JsonObject.parse(stored.data()));
        } catch (IllegalArgumentException e) {
            throw UndecodableEvent.unreadable(stored, "its data is not one JSON object: " + JsonProblem.reason(e), e);
        }
    }

    /** The type name it has now. */
    public String type() {
        return type;
    }

    /** The version it has now. */
    public int version() {
        return version;
    }

    /** The data it has now. */
    public JsonObject data() {
        return data;
    }

    /** The event as it is stored, with its times, tags and metadata. */
    public StoredEvent stored() {
        return stored;
    }

    /** With other data. */
    public JsonEvent withData(JsonObject newData) {
        return new JsonEvent(stored, type, version, newData);
    }

    /** The same data as an event of another type or version. */
    public JsonEvent as(String newType, int newVersion) {
        return new JsonEvent(stored, newType, newVersion, data);
    }

    boolean isOf(JsonEvent other) {
        return type.equals(other.type) && version == other.version;
    }

    @Override
    public String toString() {
        return type + " version " + version + " " + data;
    }
}
