package dev.recount.codec.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;

/**
 * Jackson one level below its readers: what reads one value after the other. Immutable.
 *
 * @param sharing whether several values may be read with one context; not where one could refer to another by an id
 */
record Deserializers(ObjectMapper mapper, boolean sharing) {

    /** What reads values of a type. */
    JsonDeserializer<Object> of(JavaType type) {
        try {
            return blueprint()
                    .createDummyInstance(mapper.getDeserializationConfig())
                    .findRootValueDeserializer(type);
        } catch (JsonMappingException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    type.toCanonical() + " cannot be read from JSON: " + JsonProblem.reason(e) + ".", e);
        }
    }

    /** What deserializers need beside a parser. For one thread. */
    DefaultDeserializationContext context(JsonParser parser) {
        return blueprint().createInstance(mapper.getDeserializationConfig(), parser, mapper.getInjectableValues());
    }

    private DefaultDeserializationContext blueprint() {
        return (DefaultDeserializationContext) mapper.getDeserializationContext();
    }
}
