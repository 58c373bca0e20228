package dev.recount.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who reads a log, and how far. Immutable.
 *
 * @param kind {@code consumer}, where it registered itself; {@code read model}, {@code build of read model}, or {@code reactor}
 * @param name its name, unique among those of its kind
 * @param checkpoint the sequence up to which it needs no event any more
 * @param seenAt when it last said so, where that is known
 */
public record LogConsumer(String kind, String name, long checkpoint, Optional<Instant> seenAt) {

    @Override
    public String toString() {
        return kind + " '" + name + "' at " + checkpoint;
    }
}
