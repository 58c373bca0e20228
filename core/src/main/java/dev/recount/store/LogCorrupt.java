package dev.recount.store;

import org.jspecify.annotations.Nullable;

/** What is stored cannot be what was written, or is not a log of this library at all. */
public final class LogCorrupt extends EventStoreException {

    /** Says what was found, where, and what to do. */
    public LogCorrupt(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
