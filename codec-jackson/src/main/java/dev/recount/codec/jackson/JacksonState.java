package dev.recount.codec.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.recount.decider.Projector;
import dev.recount.snapshot.StateCodec;
import java.io.IOException;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * States as JSON, by Jackson: records, enums, optionals, and lists, sets and maps of them.
 *
 * <p>Whether the state's class can be read back is checked when the codec is built. It reads only what it would have written itself:
 * JSON with a component missing, or with one too many, was written for another class and is refused, so that a class that has
 * changed is noticed even where nobody raised the version. A map and a set come back with their elements in the order that they
 * were written in.
 *
 * <pre>{@code
 * StateCodec<Map<String, String>> codec = JacksonState.of(new SeatPlan());
 * String text = codec.encode(Map.of("12A", "Ada"));     // {"12A":"Ada"}
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param <S> the state
 */
public final class JacksonState<S> implements StateCodec<S> {

    private final JavaType type;
    private final ObjectWriter writer;
    private final ObjectReader reader;

    private JacksonState(JavaType type, ObjectMapper mapper) {
        ComponentTypes components = new ComponentTypes(mapper);
        components.require(type);
        components.requireNoneOf(SortedMap.class, SortedSet.class);
        this.type = type;
        this.writer = mapper.writerFor(type);
        this.reader = mapper.readerFor(type);
    }

    /**
     * A codec for states of a class without type parameters.
     *
     * @throws IllegalArgumentException where it holds what JSON cannot give back
     */
    public static <S> JacksonState<S> of(Class<S> stateClass) {
        ObjectMapper mapper = StrictMapper.createExact();
        return new JacksonState<>(mapper.constructType(stateClass), mapper);
    }

    /**
     * A codec for the states of a projector, or of a decider, whose class says what they are, as {@code implements
     * Projector<Map<String, String>, SeatEvent>} does.
     *
     * @throws IllegalArgumentException where its class does not say so, as with a projector that is put together from lambdas: then
     *     give the states a record, and its class; or where they hold what JSON cannot give back
     */
    public static <S> JacksonState<S> of(Projector<S, ?> projector) {
        ObjectMapper mapper = StrictMapper.createExact();
        return new JacksonState<>(stateOf(projector.getClass(), mapper), mapper);
    }

    @Override
    public String encode(S state) {
        try {
            return LoneSurrogates.escaped(writer.writeValueAsString(state));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "A state of type " + type.toCanonical() + " cannot be written as JSON: " + JsonProblem.reason(e)
                            + ". Give it values that JSON has.",
                    e);
        }
    }

    @Override
    public S decode(String text) {
        S state;
        try (JsonParser parser = new DistinctNames(reader.createParser(text))) {
            state = reader.readValue(parser);
        } catch (IOException | RuntimeException e) {
            throw unreadable(JsonProblem.reason(e), e);
        }
        if (state == null) {
            throw unreadable("it is null", null);
        }
        return state;
    }

    private static JavaType stateOf(Class<?> projector, ObjectMapper mapper) {
        JavaType state = mapper.constructType(projector).findTypeParameters(Projector.class)[0];
        if (state.isJavaLangObject()) {
            throw new IllegalArgumentException(projector.getName()
                    + " does not say of which class its states are. Name their class instead; where it has type"
                    + " parameters, put the state into a record.");
        }
        return state;
    }

    private IllegalArgumentException unreadable(String reason, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "This text is not that of a state of type " + type.toCanonical() + ": " + reason + ".", cause);
    }
}
