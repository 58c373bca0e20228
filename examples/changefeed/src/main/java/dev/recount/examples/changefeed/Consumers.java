package dev.recount.examples.changefeed;

import com.sun.net.httpserver.HttpExchange;
import dev.recount.feed.FeedRefused;
import dev.recount.feed.FeedRequest;
import dev.recount.store.sqlite.SqliteEventStore;
import java.util.Map;

/**
 * {@code PUT /api/v1/consumers/NAME?after=412}: a client that must not miss anything says how far it has got, and retention waits for it.
 */
final class Consumers implements JsonEndpoint.Answer {

    static final String PATH = "/api/v1/consumers/";

    private final SqliteEventStore store;

    Consumers(SqliteEventStore store) {
        this.store = store;
    }

    /** How far a consumer has got. Immutable. */
    record Registered(String name, long after) {}

    @Override
    public Registered to(HttpExchange exchange) {
        String name = JsonEndpoint.below(PATH, exchange);
        String after = FeedRequest.of("PUT", Map.of(), exchange.getRequestURI().getRawQuery())
                .parameter("after")
                .orElse("");
        // A cursor of the feed is a sequence and a mark, and retention needs the sequence.
        if (!after.matches("\\d{1,18}(-[0-9a-f]{6,64})?")) {
            String message = "'" + after + "' is no cursor of this feed. Give the last id that you have handled.";
            throw refused(400, "INVALID_AFTER", message, after);
        }
        String[] cursor = after.split("-", 2);
        long sequence = Long.parseLong(cursor[0]);
        long head = store.info().head();
        if (sequence > head) {
            String message =
                    "The log ends at " + head + ", before " + after + ". Give the last id that you have handled.";
            throw refused(400, "INVALID_REQUEST", message, after);
        }
        requireSameHistory(after, sequence, cursor.length == 1 ? "" : cursor[1]);
        store.consumers().advance(name, sequence);
        return new Registered(name, sequence);
    }

    // Retention would rely on what this consumer has read of another log. What is removed already has no mark to
    // compare.
    private void requireSameHistory(String after, long sequence, String mark) {
        boolean isOther =
                store.chainAt(sequence).filter(chain -> !chain.startsWith(mark)).isPresent();
        if (isOther) {
            String message =
                    "'" + after + "' is a cursor of another history: the log was replaced or set back. Read it from"
                            + " the start, and register what you have handled of it.";
            throw refused(410, "UNUSABLE_CURSOR", message, after);
        }
    }

    private static FeedRefused refused(int status, String code, String message, String after) {
        return FeedRefused.of(status, code, message).with("parameter", "after").with("value", after);
    }
}
