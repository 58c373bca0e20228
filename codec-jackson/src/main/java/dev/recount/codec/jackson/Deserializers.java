package dev.recount.codec.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;

/** Jackson one level below its readers: what reads one value after the other, all with one context. Immutable. */
record Deserializers(ObjectMapper mapper) {

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
    DeserializationContext context(JsonParser parser) {
        return blueprint().createInstance(mapper.getDeserializationConfig(), parser, mapper.getInjectableValues());
    }

    private DefaultDeserializationContext blueprint() {
        return (DefaultDeserializationContext) mapper.getDeserializationContext();
    }
}
