package dev.recount.replay;

import dev.recount.event.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All changes of one value on a walk. Not thread-safe. */
final class ChangesOfValue<S> {

    private final TrackedValue<S> value;
    private final List<ValueChange> changes = new ArrayList<>();

    ChangesOfValue(StateRows<S> rows, String key, @Nullable String field, S start) {
        this.value = new TrackedValue<>(rows, key, field, start);
    }

    boolean see(StoredEvent event, S after) {
        value.see(event, after).ifPresent(changes::add);
        return true;
    }

    List<ValueChange> changes() {
        return changes;
    }

    Optional<ValueChange> last() {
        return changes.isEmpty() ? Optional.empty() : Optional.of(changes.get(changes.size() - 1));
    }

    @Nullable
    Object now() {
        return value.value();
    }
}
