package dev.recount.event;

import java.time.Instant;

/**
 * An event as a store holds it. Its log and its sequence identify it.
 *
 * <p>Immutable.
 *
 * @param sequence its place in the log: 1, 2, 3 ...
 * @param type the stable name of what happened
 * @param version the version of the type's schema, from 1
 * @param tags by what queries find it
 * @param data one JSON value on one line
 * @param metadata how it came to be
 * @param occurredAt when it happened, by the caller's clock; the store's where the caller gave none; to the microsecond
 * @param storedAt when the store took it, by the store's clock; never decreases with the sequence; to the microsecond
 */
public record StoredEvent(
        long sequence,
        String type,
        int version,
        Tags tags,
        String data,
        Metadata metadata,
        Instant occurredAt,
        Instant storedAt) {}
