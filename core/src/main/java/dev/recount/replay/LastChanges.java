package dev.recount.replay;

import dev.recount.event.StoredEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The last event that changed each of some rows. Not thread-safe. */
final class LastChanges<S> {

    private final Map<String, TrackedValue<S>> rows = new LinkedHashMap<>();
    private final Map<String, Long> sequences = new LinkedHashMap<>();

    LastChanges(StateRows<S> table, Collection<String> keys, S start) {
        keys.forEach(key -> {
            rows.put(key, new TrackedValue<>(table, key, null, start));
            sequences.put(key, 0L);
        });
    }

    boolean see(StoredEvent event, S after) {
        rows.forEach((key, row) -> row.see(event, after).ifPresent(change -> sequences.put(key, event.sequence())));
        return true;
    }

    /** The sequence of that event by key; 0 where no event changed the row. */
    Map<String, Long> sequences() {
        return sequences;
    }
}
