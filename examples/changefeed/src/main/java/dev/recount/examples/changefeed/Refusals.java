package dev.recount.examples.changefeed;

import dev.recount.feed.FeedRefused;
import dev.recount.store.EventStoreException;
import dev.recount.store.EventsRemoved;
import dev.recount.store.ReceiptConflict;

/** What clients of the daemon are told of its own exceptions. */
final class Refusals {

    private Refusals() {}

    static RuntimeException of(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof WorkRejected rejected) {
            int status = rejected instanceof WorkRejected.NotFound ? 404 : 409;
            return FeedRefused.of(status, rejected.code(), message)
                    .with("kind", rejected.kind())
                    .with("project", rejected.project())
                    .with("id", rejected.id());
        }
        if (failure instanceof EventsRemoved) {
            return FeedRefused.of(410, "EVENTS_REMOVED", message);
        }
        if (failure instanceof ReceiptConflict) {
            return FeedRefused.of(409, "KEY_REUSED", message);
        }
        if (failure instanceof IllegalArgumentException) {
            return FeedRefused.badRequest("INVALID_REQUEST", message);
        }
        return failure instanceof EventStoreException
                ? FeedRefused.of(503, "STORE_UNAVAILABLE", "The log cannot be used now. Try again.")
                : failure;
    }
}
