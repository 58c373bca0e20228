package dev.recount.codec.jackson;

import dev.recount.codec.EventCodec;
import dev.recount.event.NewEvent;
import dev.recount.event.PackedEvents;
import dev.recount.event.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Events of a sealed family of records as JSON, by Jackson.
 *
 * <p>Everything that can be known of the classes is checked when the codec is built, not at the first event. What it writes
 * it can read; what it cannot read in full it refuses to read at all. It never writes a class name.
 *
 * <pre>{@code
 * public sealed interface SeatEvent {
 *     @EventType("seat.taken")
 *     record SeatTaken(@Tag("seat") String seat, String guest) implements SeatEvent {}
 *
 *     @EventType("seat.freed")
 *     record SeatFreed(@Tag("seat") String seat) implements SeatEvent {}
 * }
 * }</pre>
 *
 * <p>Such a family needs nothing more:
 *
 * <pre>{@code
 * EventCodec<SeatEvent> codec = JacksonCodec.of(SeatEvent.class);
 * NewEvent taken = codec.encode(new SeatTaken("12A", "Ada"));     // {"seat":"12A","guest":"Ada"}
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param <E> the events
 */
public final class JacksonCodec<E> implements EventCodec<E> {

    private final TypeRegistry<E> registry;
    private final UpcasterChain upcasters;

    JacksonCodec(TypeRegistry<E> registry, UpcasterChain upcasters) {
        this.registry = registry;
        this.upcasters = upcasters;
    }

    /**
     * A codec for the records and enums that a sealed interface or class permits, directly or below, each annotated with
     * {@link dev.recount.event.EventType}.
     *
     * @throws IllegalArgumentException where one of them has no name, shares one, or holds what JSON cannot give back
     */
    public static <E> JacksonCodec<E> of(Class<E> eventClass) {
        return builder(eventClass).build();
    }

    /** A codec whose types and upcasters are given in code. Annotated classes are taken too. */
    public static <E> JacksonCodecBuilder<E> builder(Class<E> eventClass) {
        return new JacksonCodecBuilder<>(eventClass);
    }

    @Override
    public NewEvent encode(E event) {
        return registry.bindingOf(event).encode(event);
    }

    @Override
    public List<E> decode(StoredEvent stored) {
        if (!upcasters.concern(stored.type(), stored.version())) {
            return List.of(registry.binding(stored, stored.type()).decode(stored, stored.version(), stored.data()));
        }
        List<E> events = new ArrayList<>();
        for (JsonEvent event : upcasters.upcast(stored)) {
            String data = event.data().toString();
            events.add(registry.binding(stored, event.type()).decode(stored, event.version(), data));
        }
        return List.copyOf(events);
    }

    @Override
    public Optional<List<@Nullable E>> decodePacked(PackedEvents events) {
        return Optional.of(new PackedDecoding<E>(registry.deserializers(), events).decode(this::plainBinding));
    }

    private @Nullable TypeBinding<? extends E> plainBinding(String type, int version) {
        TypeBinding<? extends E> binding = registry.find(type);
        boolean isPlain = binding != null && version <= binding.version() && !upcasters.concern(type, version);
        return isPlain ? binding : null;
    }

    /**
     * {@inheritDoc} Names whose upcasters lead to such events are among them.
     */
    @Override
    public Set<String> types(Class<? extends E> eventClass) {
        return upcasters.withSources(registry.types(eventClass));
    }
}
