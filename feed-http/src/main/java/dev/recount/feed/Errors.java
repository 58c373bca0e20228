package dev.recount.feed;

import dev.recount.decider.CommandRejected;
import dev.recount.store.LogCorrupt;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told when its request fails: one envelope for all, and nothing of the inside. */
final class Errors {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    private Errors() {}

    static FeedRefused refusal(RuntimeException failure, String requestId) {
        if (failure instanceof FeedRefused refused) {
            return refused;
        }
        if (failure instanceof CommandRejected rejected) {
            return FeedRefused.of(409, rejected.code(), String.valueOf(rejected.getMessage()));
        }
        if (failure instanceof StoreClosed) {
            return closed();
        }
        if (failure instanceof StoreUnavailable) {
            LOG.warn("Request {} failed: the log cannot be read now.", requestId, failure);
            return FeedRefused.of(503, "STORE_UNAVAILABLE", "The log cannot be read now. Try again.");
        }
        if (failure instanceof LogCorrupt) {
            LOG.error("Request {} failed: the log is damaged.", requestId, failure);
            return FeedRefused.of(503, "LOG_CORRUPT", "The log is damaged. Try again when it is repaired.");
        }
        LOG.error("Request {} failed.", requestId, failure);
        return FeedRefused.of(500, "INTERNAL_ERROR", "The request failed. Ask the operator, and give the request id.");
    }

    static FeedRefused closed() {
        return FeedRefused.of(503, "FEED_CLOSED", "The feed is closed. Try again when it is up.");
    }

    static FeedResponse response(FeedRefused refused, Map<String, String> headers, String requestId) {
        StringBuilder json = new StringBuilder("{\"code\":");
        JsonText.string(json, refused.code());
        JsonText.string(json.append(",\"message\":"), refused.message());
        JsonText.string(json.append(",\"requestId\":"), requestId);
        JsonText.object(json.append(",\"details\":"), refused.details()).append('}');
        return FeedResponse.text(refused.status(), headers, json.toString());
    }
}
