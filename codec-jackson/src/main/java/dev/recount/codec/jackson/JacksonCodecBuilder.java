package dev.recount.codec.jackson;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Collects the types and upcasters of a {@link JacksonCodec}.
 *
 * <p>Where the events are a sealed family, every class that is not given here is taken by its annotations. Where a class is
 * given here, that wins over its {@link dev.recount.event.EventType}; its components annotated as tags stay tags.
 *
 * <pre>{@code
 * JacksonCodec<SeatEvent> codec = JacksonCodec.builder(SeatEvent.class)
 *         .type("seat.freed", SeatFreed.class)
 *         .type(EventMapping.of("seat.taken", SeatTaken.class).withVersion(2).withTag("seat", SeatTaken::seat))
 *         .upcaster("seat.taken", 1, Upcaster.ofData(json -> json.renamed("chair", "seat")))
 *         .build();
 * }</pre>
 *
 * <p>Not thread-safe: use from one thread at a time.
 *
 * @param <E> the events
 */
public final class JacksonCodecBuilder<E> {

    private final Class<E> eventClass;
    private final List<EventMapping<? extends E>> mappings = new ArrayList<>();
    private final List<UpcasterStep> steps = new ArrayList<>();

    JacksonCodecBuilder(Class<E> eventClass) {
        this.eventClass = eventClass;
    }

    /** Stores events of a class under a name, in version 1. */
    public JacksonCodecBuilder<E> type(String type, Class<? extends E> leafClass) {
        return type(EventMapping.of(type, leafClass));
    }

    /** Stores events of a class as the mapping says. */
    public JacksonCodecBuilder<E> type(EventMapping<? extends E> mapping) {
        mappings.add(mapping);
        return this;
    }

    /**
     * Reads stored events of a type and version through an upcaster, which leads to the next version of the same type.
     *
     * <p>Further upcasters take it from there, up to the version that the codec writes. A version without an upcaster is
     * read as it is, as the next one: so a version that only adds a field that may be null needs none. The type may be an
     * alias, or a name that has no class any more.
     *
     * @param fromVersion the stored version that the upcaster reads, from 1
     * @param intoOtherTypes the other types that it may lead to; they go on through their own upcasters
     */
    public JacksonCodecBuilder<E> upcaster(String type, int fromVersion, Upcaster upcaster, String... intoOtherTypes) {
        steps.add(new UpcasterStep(type, fromVersion, upcaster, Set.of(intoOtherTypes)));
        return this;
    }

    /**
     * The codec. Later calls on this builder do not change it.
     *
     * @throws IllegalArgumentException where a class has no name, a name or a step is given twice, upcasters lead in a circle
     *     or to an unknown type, or an event holds what JSON cannot give back
     */
    public JacksonCodec<E> build() {
        TypeRegistry<E> registry = TypeRegistry.of(EventClasses.mappings(eventClass, mappings));
        return new JacksonCodec<>(registry, UpcasterChain.of(registry, steps));
    }
}
