package dev.recount.codec.jackson;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes times in their usual form, such as {@code 2026-03-03T10:00:00.123456Z}, without Java's formatter, which costs as
 * much as all the rest of an event. Any other form is left to the module for times.
 */
final class QuickInstants extends SimpleModule {

    private static final long serialVersionUID = 1;

    QuickInstants() {
        setDeserializerModifier(new Reading());
        setSerializerModifier(new Writing());
    }

    private static final class Reading extends BeanDeserializerModifier {

        private static final long serialVersionUID = 1;

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription description, JsonDeserializer<?> deserializer) {
            return description.getBeanClass() == Instant.class ? new Reader(deserializer) : deserializer;
        }
    }

    private static final class Writing extends BeanSerializerModifier {

        private static final long serialVersionUID = 1;

        @Override
        @SuppressWarnings("unchecked")
        public JsonSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription description, JsonSerializer<?> serializer) {
            return description.getBeanClass() == Instant.class
                    ? new Writer((JsonSerializer<Object>) serializer)
                    : serializer;
        }
    }

    private static final class Reader extends DelegatingDeserializer {

        private static final long serialVersionUID = 1;

        Reader(JsonDeserializer<?> usual) {
            super(usual);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> usual) {
            return new Reader(usual);
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
                throws JsonMappingException {
            JsonDeserializer<?> contextual = super.createContextual(context, property);
            boolean hasFormat = hasFormat(property, context.getAnnotationIntrospector());
            return hasFormat && contextual instanceof Reader reader ? reader.getDelegatee() : contextual;
        }

        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Instant quick = parser.hasToken(JsonToken.VALUE_STRING)
                    ? InstantText.parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength())
                    : null;
            return quick != null ? quick : super.deserialize(parser, context);
        }
    }

    private static final class Writer extends JsonSerializer<Object> implements ContextualSerializer {

        private final JsonSerializer<Object> usual;

        Writer(JsonSerializer<Object> usual) {
            this.usual = usual;
        }

        @Override
        public JsonSerializer<?> createContextual(SerializerProvider provider, @Nullable BeanProperty property)
                throws JsonMappingException {
            return hasFormat(property, provider.getAnnotationIntrospector())
                    ? provider.handleSecondaryContextualization(usual, property)
                    : this;
        }

        @Override
        public void serializeWithType(
                Object value, JsonGenerator generator, SerializerProvider provider, TypeSerializer type)
                throws IOException {
            usual.serializeWithType(value, generator, provider, type);
        }

        @Override
        public void serialize(Object value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(InstantText.of((Instant) value));
        }
    }

    private static boolean hasFormat(@Nullable BeanProperty property, AnnotationIntrospector introspector) {
        if (property == null || property.getMember() == null) {
            return false;
        }
        JsonFormat.Value format = introspector.findFormat(property.getMember());
        return format != null && !format.equals(JsonFormat.Value.empty());
    }
}
