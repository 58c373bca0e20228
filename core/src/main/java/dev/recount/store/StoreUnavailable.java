package dev.recount.store;

import org.jspecify.annotations.Nullable;

/**
 * The log cannot be read or written now: locked, full, read-only, not reachable. What is stored is whole; try again later, an append
 * best with a receipt key, so that it cannot be stored twice.
 */
public final class StoreUnavailable extends EventStoreException {

    /** Says what cannot be done now, why, and what would help. */
    public StoreUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
