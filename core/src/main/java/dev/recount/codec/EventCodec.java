package dev.recount.codec;

import dev.recount.event.NewEvent;
import dev.recount.event.PackedEvents;
import dev.recount.event.StoredEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns events into their stored form and back. It alone knows the events' classes, and it alone derives their tags.
 *
 * <p>Thread-safe.
 *
 * @param <E> the events
 */
public interface EventCodec<E> {

    /**
     * The stored form of an event: its type name, schema version, tags, JSON data, and the time at which it happened where the
     * event tells it. Without metadata.
     *
     * @throws IllegalArgumentException where its class is not known to this codec, or it holds what JSON cannot
     */
    NewEvent encode(E event);

    /**
     * The events that a stored one stands for today: usually one; none or several where its schema has moved on.
     *
     * @throws UndecodableEvent where its type is unknown to this codec, or its data cannot be read
     */
    List<E> decode(StoredEvent stored);

    /**
     * As {@link #decode}, but no events for a type that is unknown to this codec: such an event belongs to another family that
     * shares the log.
     *
     * @throws UndecodableEvent where its type is known, but its data cannot be read
     */
    default List<E> decodeKnown(StoredEvent stored) {
        try {
            return decode(stored);
        } catch (UndecodableEvent e) {
            if (e.isUnknownType()) {
                return List.of();
            }
            throw e;
        }
    }

    /**
     * Decodes packed events, many at a time, and faster than one by one.
     *
     * @return empty where this codec has no faster way. Else one element for each event: the one event that it stands for; or
     *     null where only the whole stored event tells, as for an old version, an unknown type or unreadable data. Then
     *     {@link #decode} does
     */
    default Optional<List<@Nullable E>> decodePacked(PackedEvents events) {
        return Optional.empty();
    }

    /**
     * The type names under which events of a class, or of its subclasses, are stored or were stored once; so a query by them
     * finds old events too.
     *
     * @throws IllegalArgumentException where no event of that class is known to this codec
     */
    Set<String> types(Class<? extends E> eventClass);
}
