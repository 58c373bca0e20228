package dev.recount.store.sqlite;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import java.util.List;

/**
 * What became of the events of one type in a copy. Immutable.
 *
 * @param kept how many are as they were
 * @param changed how many are one event that differs
 * @param split how many are several events
 * @param dropped how many are left out
 */
public record CopiedType(long kept, long changed, long split, long dropped) {

    private static final CopiedType KEPT = new CopiedType(1, 0, 0, 0);
    private static final CopiedType CHANGED = new CopiedType(0, 1, 0, 0);
    private static final CopiedType SPLIT = new CopiedType(0, 0, 1, 0);
    private static final CopiedType DROPPED = new CopiedType(0, 0, 0, 1);

    static CopiedType of(StoredEvent from, List<NewEvent> to) {
        return switch (to.size()) {
            case 0 -> DROPPED;
            case 1 -> isSame(from, to.get(0)) ? KEPT : CHANGED;
            default -> SPLIT;
        };
    }

    private static boolean isSame(StoredEvent from, NewEvent to) {
        return from.type().equals(to.type())
                && from.version() == to.version()
                && from.tags().equals(to.tags())
                && from.data().equals(to.data())
                && from.metadata().equals(to.metadata())
                && from.occurredAt().equals(to.occurredAt().orElse(from.storedAt()));
    }

    CopiedType plus(CopiedType other) {
        return new CopiedType(kept + other.kept, changed + other.changed, split + other.split, dropped + other.dropped);
    }
}
