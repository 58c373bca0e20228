package dev.recount.event;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known about how an event came to be: the command, its cause, its conversation, the actor, and free entries.
 *
 * <p>Entries are texts by name. Four names have a meaning: {@code commandId}, {@code causationId} (what led to the command),
 * {@code correlationId} (the conversation that all belongs to) and {@code actor}. Where commands are recorded, the first event of each has the command as
 * {@code command}, {@code commandType}, {@code commandVersion} and {@code commandEvents}, the number of events it led to.
 *
 * <pre>{@code
 * Metadata metadata = Metadata.empty().withCommandId("command-7").withActor("Ada").with("host", "ash");
 * Outcome<SeatEvent> outcome = seats.handle(new TakeSeat("12A", "Ada"), metadata);
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Metadata {

    private static final String COMMAND_ID = "commandId";
    private static final String CAUSATION_ID = "causationId";
    private static final String CORRELATION_ID = "correlationId";
    private static final String ACTOR = "actor";
    private static final Metadata EMPTY = new Metadata(new TreeMap<>(), "{}");

    // One of the two is given, the other is made on first use: most events are read without a look at their metadata.
    private volatile @Nullable SortedMap<String, String> entries;
    private volatile @Nullable String json;

    private Metadata(@Nullable SortedMap<String, String> entries, @Nullable String json) {
        this.entries = entries;
        this.json = json;
    }

    /** No entries. */
    public static Metadata empty() {
        return EMPTY;
    }

    /**
     * Metadata from the text that {@link #toJson} gives. It is read on first use, so that is when a malformed text is refused.
     * A value that is not a string is kept as its JSON text.
     */
    public static Metadata ofJson(String json) {
        return json.equals("{}") ? EMPTY : new Metadata(null, json);
    }

    /** With the id of the command that led to the event. */
    public Metadata withCommandId(String commandId) {
        return with(COMMAND_ID, commandId);
    }

    /** With the id of what led to the command: another command, an event, a request. */
    public Metadata withCausationId(String causationId) {
        return with(CAUSATION_ID, causationId);
    }

    /** With the id of the conversation that this belongs to. */
    public Metadata withCorrelationId(String correlationId) {
        return with(CORRELATION_ID, correlationId);
    }

    /** With who acted. */
    public Metadata withActor(String actor) {
        return with(ACTOR, actor);
    }

    /**
     * With a free entry; an entry of the same name is replaced.
     *
     * @throws IllegalArgumentException where the name is blank, longer than 500 characters, or not storable
     */
    public Metadata with(String name, String value) {
        Text.requireShort("Metadata name", name);
        Text.requireStorable("Metadata '" + name + "'", value);
        SortedMap<String, String> copy = new TreeMap<>(asMap());
        copy.put(name, value);
        return new Metadata(Collections.unmodifiableSortedMap(copy), null);
    }

    /** The id of the command that led to the event. */
    public Optional<String> commandId() {
        return get(COMMAND_ID);
    }

    /** The id of what led to the command. */
    public Optional<String> causationId() {
        return get(CAUSATION_ID);
    }

    /** The id of the conversation. */
    public Optional<String> correlationId() {
        return get(CORRELATION_ID);
    }

    /** Who acted. */
    public Optional<String> actor() {
        return get(ACTOR);
    }

    /** The entry of that name. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(asMap().get(name));
    }

    /** All entries by name, in the natural order of the names. */
    public SortedMap<String, String> asMap() {
        SortedMap<String, String> known = entries;
        if (known == null) {
            known = Collections.unmodifiableSortedMap(FlatJson.readObject(String.valueOf(json)));
            entries = known;
        }
        return known;
    }

    /** The entries as one JSON object. */
    public String toJson() {
        String known = json;
        if (known == null) {
            known = FlatJson.write(asMap());
            json = known;
        }
        return known;
    }

    /** Refuses a malformed text now, instead of on first use. */
    void requireReadable() {
        asMap();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Metadata that && asMap().equals(that.asMap());
    }

    @Override
    public int hashCode() {
        return asMap().hashCode();
    }

    @Override
    public String toString() {
        return asMap().toString();
    }
}
