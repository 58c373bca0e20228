package dev.recount.codec.jackson;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A value as a row, written when it is looked at: after most events, it is the very value that it was. */
final class JacksonRow extends AbstractMap<String, @Nullable Object> {

    private final RowWriter writer;
    private final @Nullable Object source;

    JacksonRow(RowWriter writer, @Nullable Object source) {
        this.writer = writer;
        this.source = source;
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return writer.fields(source).entrySet();
    }

    @Override
    @SuppressWarnings(
            "ReferenceEquality") // the very same value is the same row, whatever its own equals says of others
    public boolean equals(@Nullable Object other) {
        return (other instanceof JacksonRow row && source == row.source) || super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
