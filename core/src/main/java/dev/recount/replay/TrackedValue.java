package dev.recount.replay;

import dev.recount.event.StoredEvent;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One value of a state, followed from event to event. Not thread-safe. */
final class TrackedValue<S> {

    private final StateRows<S> rows;
    private final String key;
    private final @Nullable String field;
    private Optional<Map<String, @Nullable Object>> row;

    TrackedValue(StateRows<S> rows, String key, @Nullable String field, S start) {
        this.rows = rows;
        this.key = key;
        this.field = field;
        this.row = rows.row(start, key);
    }

    /** The change that an event made; empty where it made none. */
    Optional<ValueChange> see(StoredEvent event, S after) {
        Optional<Map<String, @Nullable Object>> now = rows.row(after, key);
        if (now.equals(row)) {
            return Optional.empty();
        }
        boolean same = isSame(now);
        Object before = value();
        row = now;
        return same ? Optional.empty() : Optional.of(new ValueChange(event, before, value()));
    }

    /** What it is now. */
    @Nullable
    Object value() {
        return field == null ? row.orElse(null) : valueIn(row, field);
    }

    private boolean isSame(Optional<Map<String, @Nullable Object>> now) {
        return field == null
                ? RowComparison.of(key, row, now).isEmpty()
                : SameValue.of(valueIn(row, field), valueIn(now, field));
    }

    private static @Nullable Object valueIn(Optional<Map<String, @Nullable Object>> row, String field) {
        return row.map(fields -> fields.get(field)).orElse(null);
    }
}
