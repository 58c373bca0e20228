package dev.recount.examples.town;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What one batch of events changes in an immutable map: it is gathered beside the map, and put into it once, by {@link #close}.
 *
 * <p>So an entity that a thousand events of a batch change costs one change of the map, and the map that was given stays as it is.
 * Not thread-safe: it belongs to the batch that made it.
 */
final class Changes<K, V> {

    private final io.vavr.collection.HashMap<K, V> before;

    // Empty for what was removed.
    private Map<K, Optional<V>> gathered = Map.of();

    Changes(io.vavr.collection.HashMap<K, V> before) {
        this.before = before;
    }

    /** The value as the batch has left it so far. */
    Optional<V> get(K key) {
        Optional<V> changed = gathered.get(key);
        return changed != null ? changed : Optional.ofNullable(before.getOrElse(key, null));
    }

    void put(K key, V value) {
        gather(key, Optional.of(value));
    }

    void remove(K key) {
        gather(key, Optional.empty());
    }

    /** Another value under that key, or none; nothing is gathered where it is the very value that was there. */
    void change(K key, UnaryOperator<Optional<V>> change) {
        Optional<V> known = get(key);
        Optional<V> next = change.apply(known);
        if (next.orElse(null) != known.orElse(null)) {
            gather(key, next);
        }
    }

    boolean isEmpty() {
        return gathered.isEmpty();
    }

    /** The map after the batch; the one from before where nothing has changed. */
    io.vavr.collection.HashMap<K, V> close() {
        io.vavr.collection.HashMap<K, V> after = before;
        for (Map.Entry<K, Optional<V>> change : gathered.entrySet()) {
            K key = change.getKey();
            Optional<V> value = change.getValue();
            after = value.isPresent() ? after.put(key, value.get()) : after.remove(key);
        }
        return after;
    }

    private void gather(K key, Optional<V> value) {
        if (gathered.isEmpty()) {
            // Most batches of one event change one entity, which is not worth a table.
            gathered = Map.of(key, value);
            return;
        }
        if (gathered.size() == 1) {
            gathered = new HashMap<>(gathered);
        }
        gathered.put(key, value);
    }
}
