package dev.recount.store;

import org.jspecify.annotations.Nullable;

/**
 * What can go wrong with a store. Nothing is stored when one of these is thrown from an append, with one exception: where the disk or
 * the connection fails while the store commits, a {@link StoreUnavailable} cannot tell, and only the append's receipt can.
 */
public abstract sealed class EventStoreException extends RuntimeException
        permits AppendConditionFailed, EventsRemoved, LogCorrupt, ReceiptConflict, StoreClosed, StoreUnavailable {

    EventStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
