package dev.recount.codec.jackson;

import dev.recount.event.EventType;
import dev.recount.event.NewEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How events of one class are stored: name, earlier names, schema version, tags, time.
 *
 * <p>It says in code what {@link EventType}, {@link dev.recount.event.Tag} and {@link dev.recount.event.OccurredAt} say in
 * annotations.
 *
 * <pre>{@code
 * EventMapping<SeatTaken> mapping = EventMapping.of("seat.taken", SeatTaken.class)
 *         .withAliases("chair.taken")
 *         .withVersion(2)
 *         .withTag("seat", SeatTaken::seat);
 * }</pre>
 *
 * <p>Immutable.
 *
 * @param <T> the events' class: a record, an enum or a final class
 */
public final class EventMapping<T> {

    private final Class<T> eventClass;
    private final String type;
    private final Set<String> aliases;
    private final int version;
    private final List<TagSource<T>> tags;
    private final @Nullable Function<? super T, @Nullable Instant> occurredAt;

    private EventMapping(
            Class<T> eventClass,
            String type,
            Set<String> aliases,
            int version,
            List<TagSource<T>> tags,
            @Nullable Function<? super T, @Nullable Instant> occurredAt) {
        this.eventClass = eventClass;
        this.type = type;
        this.aliases = aliases;
        this.version = version;
        this.tags = tags;
        this.occurredAt = occurredAt;
    }

    /**
     * Events of a class under a name, in version 1, without aliases.
     *
     * @throws IllegalArgumentException where the name cannot be a type's
     */
    public static <T> EventMapping<T> of(String type, Class<T> eventClass) {
        return new EventMapping<>(eventClass, requireName(type), Set.of(), 1, List.of(), null);
    }

    static <T> EventMapping<T> annotated(EventType annotation, Class<T> eventClass) {
        return of(annotation.value(), eventClass)
                .withAliases(annotation.aliases())
                .withVersion(annotation.version());
    }

    /** With these earlier names, still read. */
    public EventMapping<T> withAliases(String... names) {
        Set<String> all = new LinkedHashSet<>(aliases);
        for (String name : names) {
            all.add(requireName(name));
        }
        return new EventMapping<>(eventClass, type, all, version, tags, occurredAt);
    }

    /**
     * With the version of the schema that new events are stored with.
     *
     * @throws IllegalArgumentException below 1
     */
    public EventMapping<T> withVersion(int newVersion) {
        NewEvent.of(type, "{}").withVersion(newVersion);
        return new EventMapping<>(eventClass, type, aliases, newVersion, tags, occurredAt);
    }

    /**
     * With a tag more. The value's text is the tag's; a collection gives one tag for each element; null, an empty optional
     * and an empty collection give none.
     *
     * @throws IllegalArgumentException where the key cannot be a tag's
     */
    public EventMapping<T> withTag(String key, Function<? super T, ? extends @Nullable Object> value) {
        List<TagSource<T>> more = new ArrayList<>(tags);
        more.add(TagSource.of(key, value));
        return new EventMapping<>(eventClass, type, aliases, version, more, occurredAt);
    }

    /** With the time at which an event happened; null where the store's time stands. */
    public EventMapping<T> withOccurredAt(Function<? super T, @Nullable Instant> time) {
        return new EventMapping<>(eventClass, type, aliases, version, tags, time);
    }

    Class<T> eventClass() {
        return eventClass;
    }

    String type() {
        return type;
    }

    int version() {
        return version;
    }

    List<TagSource<T>> tags() {
        return tags;
    }

    @Nullable
    Function<? super T, @Nullable Instant> occurredAt() {
        return occurredAt;
    }

    /** The current name, then the earlier ones. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        names.add(type);
        names.addAll(aliases);
        return names;
    }

    private static String requireName(String type) {
        return NewEvent.of(type, "{}").type();
    }
}
