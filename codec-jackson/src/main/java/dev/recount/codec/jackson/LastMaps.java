package dev.recount.codec.jackson;

import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The maps of the object that was looked at last. Who compares two states looks at many rows of one, and an accessor may make a copy each
 * time it is asked. Thread-safe.
 */
final class LastMaps {

    // A state may be large, and nobody may ever look at it again.
    private volatile SoftReference<Opened> last = new SoftReference<>(null);

    private record Opened(Object state, Map<String, Map<?, ?>> maps) {}

    /** The map of that name, which is read once of each state in turn. */
    Map<?, ?> of(Object state, String name, Supplier<Map<?, ?>> reading) {
        return opened(state).maps().computeIfAbsent(name, unread -> reading.get());
    }

    @SuppressWarnings("ReferenceEquality") // another state may be equal, and say so only after all of it was compared
    private Opened opened(Object state) {
        Opened known = last.get();
        if (known == null || known.state() != state) {
            known = new Opened(state, new ConcurrentHashMap<>());
            last = new SoftReference<>(known);
        }
        return known;
    }
}
