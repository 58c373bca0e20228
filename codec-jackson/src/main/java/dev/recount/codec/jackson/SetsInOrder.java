package dev.recount.codec.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Writes the elements of a set by their text, so that equal sets are equal lists however they came to be. */
final class SetsInOrder extends SimpleModule {

    SetsInOrder() {
        setSerializerModifier(new BeanSerializerModifier() {
            @Override
            public JsonSerializer<?> modifyCollectionSerializer(
                    SerializationConfig config,
                    CollectionType type,
                    BeanDescription description,
                    JsonSerializer<?> serializer) {
                boolean hasNoOrder = type.isTypeOrSubTypeOf(Set.class) && !type.isTypeOrSubTypeOf(SortedSet.class);
                return hasNoOrder ? new InOrder(serializer) : serializer;
            }
        });
    }

    private static final class InOrder extends JsonSerializer<Object> implements ContextualSerializer {

        private final JsonSerializer<Object> serializer;

        @SuppressWarnings("unchecked") // Jackson asks it for sets alone
        InOrder(JsonSerializer<?> serializer) {
            this.serializer = (JsonSerializer<Object>) serializer;
        }

        @Override
        public JsonSerializer<?> createContextual(SerializerProvider provider, @Nullable BeanProperty property)
                throws JsonMappingException {
            return new InOrder(provider.handleSecondaryContextualization(serializer, property));
        }

        @Override
        public boolean isEmpty(SerializerProvider provider, Object set) {
            return serializer.isEmpty(provider, set);
        }

        @Override
        public void serialize(Object set, JsonGenerator generator, SerializerProvider provider) throws IOException {
            try (TokenBuffer buffer = new TokenBuffer(generator.getCodec(), false)) {
                serializer.serialize(set, buffer, provider);
                writeInOrder(buffer, generator);
            }
        }

        @Override
        public void serializeWithType(
                Object set, JsonGenerator generator, SerializerProvider provider, TypeSerializer types)
                throws IOException {
            serializer.serializeWithType(set, generator, provider, types);
        }
    }

    private static void writeInOrder(TokenBuffer buffer, JsonGenerator generator) throws IOException {
        try (JsonParser parser = buffer.asParserOnFirstToken()) {
            Object written = parser.readValueAs(Object.class);
            if (written instanceof List<?> elements) {
                List<Object> sorted = new ArrayList<>(elements);
                sorted.sort(Comparator.comparing(String::valueOf));
                generator.writeObject(sorted);
            } else {
                generator.writeObject(written);
            }
        }
    }
}
