package dev.recount.codec.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers.ByteDeserializer;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers.DoubleDeserializer;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers.FloatDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Refuses numbers that Jackson would bend to fit: beyond a double's or a float's range or digits, and bytes above 127. */
final class StrictNumbers extends SimpleModule {

    StrictNumbers() {
        addDeserializer(Double.class, new FiniteDouble(Double.class, null));
        addDeserializer(Double.TYPE, new FiniteDouble(Double.TYPE, 0.0));
        addDeserializer(Float.class, new FiniteFloat(Float.class, null));
        addDeserializer(Float.TYPE, new FiniteFloat(Float.TYPE, 0.0f));
        addDeserializer(Byte.class, new SignedByte(Byte.class, null));
        addDeserializer(Byte.TYPE, new SignedByte(Byte.TYPE, (byte) 0));
    }

    private static final class FiniteDouble extends DoubleDeserializer {

        FiniteDouble(Class<Double> type, @Nullable Double ifNull) {
            super(type, ifNull);
        }

        @Override
        public Double deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Double value = super.deserialize(parser, context);
            return fits(parser, value) ? value : (Double) refuse(parser, context, Double.class);
        }
    }

    private static final class FiniteFloat extends FloatDeserializer {

        FiniteFloat(Class<Float> type, @Nullable Float ifNull) {
            super(type, ifNull);
        }

        @Override
        public Float deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Float value = super.deserialize(parser, context);
            return fits(parser, value) ? value : (Float) refuse(parser, context, Float.class);
        }
    }

    private static final class SignedByte extends ByteDeserializer {

        SignedByte(Class<Byte> type, @Nullable Byte ifNull) {
            super(type, ifNull);
        }

        @Override
        public Byte deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Byte value = super.deserialize(parser, context);
            return parser.getIntValue() <= Byte.MAX_VALUE ? value : (Byte) refuse(parser, context, Byte.class);
        }
    }

    // Of a fraction no double has every digit, not even of 0.1; of an integer it must.
    private static boolean fits(JsonParser parser, double value) throws IOException {
        return Double.isFinite(value)
                && (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                        || new BigDecimal(value).compareTo(parser.getDecimalValue()) == 0);
    }

    private static Object refuse(JsonParser parser, DeserializationContext context, Class<?> type) throws IOException {
        return context.handleWeirdStringValue(type, parser.getText(), "out of range");
    }
}
