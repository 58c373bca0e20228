package dev.recount.codec.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.recount.codec.UndecodableEvent;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes and reads the events of one class. Immutable. */
final class TypeBinding<T> {

    private final EventMapping<T> mapping;
    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final JsonDeserializer<Object> deserializer;
    private final @Nullable PlainValue plain;

    private TypeBinding(
            EventMapping<T> mapping,
            ObjectWriter writer,
            ObjectReader reader,
            JsonDeserializer<Object> deserializer,
            @Nullable PlainValue plain) {
        this.mapping = mapping;
        this.writer = writer;
        this.reader = reader;
        this.deserializer = deserializer;
        this.plain = plain;
    }

    static <T> TypeBinding<T> of(EventMapping<T> mapping, Deserializers deserializers) {
        ObjectMapper mapper = deserializers.mapper();
        Class<T> type = mapping.eventClass();
        return new TypeBinding<>(
                mapping,
                mapper.writerFor(type),
                mapper.readerFor(type),
                deserializers.of(mapper.constructType(type)),
                new PlainValues(deserializers).of(type));
    }

    String type() {
        return mapping.type();
    }

    int version() {
        return mapping.version();
    }

    Class<T> eventClass() {
        return mapping.eventClass();
    }

    List<String> names() {
        return mapping.names();
    }

    NewEvent encode(Object object) {
        T event = mapping.eventClass().cast(object);
        NewEvent encoded = NewEvent.of(mapping.type(), LoneSurrogates.escaped(write(event)))
                .withVersion(mapping.version())
                .withTags(tags(event));
        Instant time = occurredAt(event);
        return time == null ? encoded : encoded.withOccurredAt(time);
    }

    T decode(StoredEvent stored, int version, String data) {
        if (version > mapping.version()) {
            throw UndecodableEvent.newerVersion(stored, mapping.type(), version, mapping.version());
        }
        T event = read(stored, data);
        if (event == null) {
            throw UndecodableEvent.unreadable(stored, "its data is null", null);
        }
        return event;
    }

    /** The event between two places where it stands there in plain form; null where Jackson has to read it. */
    @Nullable
    T readPlain(PlainJson json, int from, int to) {
        return plain == null ? null : mapping.eventClass().cast(json.readAll(plain, from, to));
    }

    /** The event that comes next, where others may follow it; null where it is null. */
    @Nullable
    T readNext(JsonParser parser, DeserializationContext context) throws IOException {
        JsonToken first = parser.nextToken();
        return first == null || first == JsonToken.VALUE_NULL
                ? null
                : mapping.eventClass().cast(deserializer.deserialize(parser, context));
    }

    private String write(T event) {
        try {
            return writer.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "An event of type " + mapping.type() + " cannot be written as JSON: " + JsonProblem.reason(e)
                            + ". Give it values that JSON has.",
                    e);
        }
    }

    private @Nullable T read(StoredEvent stored, String data) {
        try (JsonParser parser = new DistinctNames(reader.createParser(data))) {
            return reader.readValue(parser);
        } catch (IOException | RuntimeException e) {
            throw UndecodableEvent.unreadable(stored, JsonProblem.reason(e), e);
        } catch (StackOverflowError e) {
            throw UndecodableEvent.unreadable(stored, "it is nested too deeply for the stack of this thread", e);
        }
    }

    private Tags tags(T event) {
        List<String> tags = new ArrayList<>();
        for (TagSource<T> source : mapping.tags()) {
            source.addTo(tags, event);
        }
        return Tags.parse(tags);
    }

    private @Nullable Instant occurredAt(T event) {
        Function<? super T, @Nullable Instant> time = mapping.occurredAt();
        return time == null ? null : time.apply(event);
    }
}
