package dev.recount.replay;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record as a row. Its components are read when they are asked for: after most events, a row is the very record it was. */
final class RecordRow<V extends Record> extends AbstractMap<String, @Nullable Object> {

    private final RecordFields<V> fields;
    private final V source;

    RecordRow(RecordFields<V> fields, V source) {
        this.fields = fields;
        this.source = source;
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return fields.read(source).entrySet();
    }

    @Override
    @SuppressWarnings(
            "ReferenceEquality") // the very same record is the same row, whatever its own equals says of others
    public boolean equals(@Nullable Object other) {
        return (other instanceof RecordRow<?> row && source == row.source) || super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
