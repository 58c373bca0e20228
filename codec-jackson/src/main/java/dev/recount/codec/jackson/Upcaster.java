package dev.recount.codec.jackson;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Turns a stored event of one version of its schema into what it stands for in the next version.
 *
 * <p>An upcaster is pure, as a projector is. What is stored stays as it is; upcasters run each time an old event is read.
 *
 * <pre>{@code
 * Upcaster renamed = Upcaster.ofData(json -> json.renamed("chair", "seat").with("guest", "unknown"));
 * Upcaster dropped = Upcaster.dropping();     // no event any more
 * Upcaster moved = event -> List.of(          // two events
 *         event.as("seat.freed", 1).withData(event.data().renamed("from", "seat")),
 *         event.as("seat.taken", 2).withData(event.data().renamed("to", "seat")));
 * }</pre>
 *
 * <p>Implementations are expected to be immutable and thread-safe.
 */
@FunctionalInterface
public interface Upcaster {

    /**
     * What the event stands for, in order: one event, several, or none.
     *
     * <p>An event whose type and version are left as they were counts as the next version of its type. One with another type
     * (which the registration has to name) or version goes on from there.
     */
    List<JsonEvent> upcast(JsonEvent event);

    /** Changes an event's data and nothing else. */
    static Upcaster ofData(UnaryOperator<JsonObject> change) {
        return event -> List.of(event.withData(change.apply(event.data())));
    }

    /** Leaves no event. */
    static Upcaster dropping() {
        return event -> List.of();
    }
}
