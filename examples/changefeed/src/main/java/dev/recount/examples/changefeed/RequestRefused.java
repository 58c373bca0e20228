package dev.recount.examples.changefeed;

import dev.recount.store.EventStoreException;
import dev.recount.store.EventsRemoved;
import dev.recount.store.ReceiptConflict;
import java.util.Map;

/** A request that the daemon refuses, with what its client is told. Immutable. */
final class RequestRefused extends RuntimeException {

    private final int status;
    private final String code;
    private final transient Map<String, String> details;

    RequestRefused(int status, String code, String message, Map<String, String> details) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.details = details;
    }

    /** What a client is told of a failure, and nothing of the inside. */
    static RequestRefused because(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof RequestRefused refused) {
            return refused;
        }
        if (failure instanceof WorkRejected rejected) {
            int status = rejected instanceof WorkRejected.NotFound ? 404 : 409;
            Map<String, String> ids =
                    Map.of("kind", rejected.kind(), "project", rejected.project(), "id", rejected.id());
            return new RequestRefused(status, rejected.code(), message, ids);
        }
        if (failure instanceof EventsRemoved) {
            return new RequestRefused(410, "EVENTS_REMOVED", message, Map.of());
        }
        if (failure instanceof ReceiptConflict) {
            return new RequestRefused(409, "KEY_REUSED", message, Map.of());
        }
        if (failure instanceof IllegalArgumentException) {
            return new RequestRefused(400, "INVALID_REQUEST", message, Map.of());
        }
        return failure instanceof EventStoreException
                ? new RequestRefused(503, "STORE_UNAVAILABLE", "The log cannot be used now. Try again.", Map.of())
                : new RequestRefused(500, "INTERNAL_ERROR", "The request failed. Ask the operator.", Map.of());
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    Map<String, String> details() {
        return details;
    }
}
