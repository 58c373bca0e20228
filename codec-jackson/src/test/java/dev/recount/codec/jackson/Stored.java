package dev.recount.codec.jackson;

import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import java.time.Instant;

/** Stored events, as a store would give them. */
final class Stored {

    static final Instant TIME = Instant.parse("2026-03-03T10:00:00Z");

    private Stored() {}

    static StoredEvent event(String type, int version, String data) {
        return new StoredEvent(7, type, version, Tags.none(), data, Metadata.empty(), TIME, TIME);
    }

    static StoredEvent event(NewEvent event) {
        return new StoredEvent(
                7, event.type(), event.version(), event.tags(), event.data(), event.metadata(), TIME, TIME);
    }

    /** An event, written and read again. */
    static <E> E roundTrip(JacksonCodec<E> codec, E event) {
        return codec.decode(event(codec.encode(event))).get(0);
    }
}
