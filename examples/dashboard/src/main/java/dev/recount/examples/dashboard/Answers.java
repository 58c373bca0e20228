package dev.recount.examples.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpExchange;
import dev.recount.feed.FeedRefused;
import dev.recount.feed.http.JsonHandler;
import dev.recount.store.EventStoreException;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends answers and refusals, in the form in which the feed does. */
final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final String REQUEST_ID = "X-Request-Id";
    private static final Pattern USABLE_ID = Pattern.compile("[\\w.:/+=@-]{1,128}");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private Answers() {}

    /** Reads the id that the client gave its request, or makes one, and sends it back with whatever is answered. */
    static void identify(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst(REQUEST_ID);
        String id = given != null && USABLE_ID.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
        exchange.getResponseHeaders().set(REQUEST_ID, id);
    }

    static void json(HttpExchange exchange, Object value) throws IOException {
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        send(exchange, 200, "application/json; charset=utf-8", JSON.writeValueAsBytes(value));
    }

    static String jsonText(@Nullable Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Records of texts, numbers and times can be written as JSON", e);
        }
    }

    static Map<?, ?> read(byte[] json) {
        try {
            return JSON.readValue(json, Map.class);
        } catch (IOException e) {
            throw FeedRefused.badRequest("INVALID_BODY", "The body is not a JSON object. Send one.");
        }
    }

    /** Refuses an exchange as the feed does; a log that cannot be read is no fault of the program. */
    static void refusal(HttpExchange exchange, RuntimeException failure) {
        if (failure instanceof EventStoreException) {
            LOG.warn("A request failed: the log cannot be read now.", failure);
            JsonHandler.refuse(
                    exchange, FeedRefused.of(503, "STORE_UNAVAILABLE", "The log cannot be read now. Try again."));
        } else {
            JsonHandler.refuse(exchange, failure);
        }
    }

    static FeedRefused methodNotAllowed(HttpExchange exchange, String allowed) {
        exchange.getResponseHeaders().set("Allow", allowed);
        String message = "This is asked for with " + allowed + ", not with " + exchange.getRequestMethod() + '.';
        return FeedRefused.of(405, "METHOD_NOT_ALLOWED", message);
    }

    static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, isHead || body.length == 0 ? -1 : body.length);
        if (!isHead && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
