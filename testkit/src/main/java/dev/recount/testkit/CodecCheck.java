package dev.recount.testkit;

import dev.recount.codec.EventCodec;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import java.time.Instant;
import java.util.List;
import org.opentest4j.AssertionFailedError;

/** Sends events through a codec and back. */
record CodecCheck<E>(EventCodec<E> codec) {

    private static final Instant STORED_AT = Instant.parse("2026-03-03T10:00:00Z");

    /**
     * The encoding of an event that decodes to an equal one.
     *
     * @throws AssertionFailedError where it does not, or not at all
     */
    NewEvent roundTrip(String what, E event) {
        NewEvent encoded = encode(what, event);
        List<E> decoded = decode(what, event, encoded);
        if (!decoded.equals(List.of(event))) {
            throw new AssertionFailedError(
                    what + " does not come back from the codec as it was.\nevent:\n  " + event + "\nencoded:\n  "
                            + encoded + "\ndecoded:\n" + Listing.of(decoded),
                    List.of(event),
                    decoded);
        }
        return encoded;
    }

    /** An event as a store would hold it. */
    static StoredEvent stored(NewEvent event) {
        return new StoredEvent(
                1,
                event.type(),
                event.version(),
                event.tags(),
                event.data(),
                event.metadata(),
                event.occurredAt().orElse(STORED_AT),
                STORED_AT);
    }

    private NewEvent encode(String what, E event) {
        try {
            return codec.encode(event);
        } catch (RuntimeException e) {
            throw new AssertionFailedError(what + " cannot be encoded: " + e.getMessage() + "\nevent:\n  " + event, e);
        }
    }

    private List<E> decode(String what, E event, NewEvent encoded) {
        try {
            return codec.decode(stored(encoded));
        } catch (RuntimeException e) {
            throw new AssertionFailedError(
                    what + " cannot be decoded: " + e.getMessage() + "\nevent:\n  " + event + "\nencoded:\n  "
                            + encoded,
                    e);
        }
    }
}
