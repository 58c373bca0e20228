package dev.recount.replay;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a walk was after. Not thread-safe. */
final class Found<T> {

    private @Nullable T found;

    /** Keeps it; false, since a walk need not go on. */
    boolean isNow(T what) {
        found = what;
        return false;
    }

    Optional<T> get() {
        return Optional.ofNullable(found);
    }
}
