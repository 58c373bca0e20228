package dev.recount.codec.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;

/** Refuses to write what could not be read: numbers that JSON does not have, and names with half a surrogate pair. */
final class ReadableJson extends JsonGeneratorDelegate {

    ReadableJson(JsonGenerator generator) {
        super(generator);
    }

    // Only keys of maps come as plain texts; a reader takes halves in values, but not in names.
    @Override
    public void writeFieldName(String name) throws IOException {
        if (LoneSurrogates.isIn(name)) {
            throw new IllegalArgumentException("a name holds half a surrogate pair");
        }
        super.writeFieldName(name);
    }

    @Override
    public void writeNumber(double value) throws IOException {
        super.writeNumber(requireFinite(value));
    }

    @Override
    public void writeNumber(float value) throws IOException {
        requireFinite(value);
        super.writeNumber(value);
    }

    @Override
    public void writeArray(double[] values, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            requireFinite(values[i]);
        }
        super.writeArray(values, offset, length);
    }

    private static double requireFinite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(value + " is no number in JSON");
        }
        return value;
    }
}
