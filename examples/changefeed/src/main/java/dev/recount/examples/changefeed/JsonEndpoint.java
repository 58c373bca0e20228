package dev.recount.examples.changefeed;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Answers one resource with JSON, and refuses in the envelope that the feed has: {@code {"code","message","requestId","details"}}.
 * Thread-safe where its answer is.
 */
final class JsonEndpoint implements HttpHandler {

    private static final JsonMapper JSON = new JsonMapper();

    private final String method;
    private final Answer answer;

    JsonEndpoint(String method, Answer answer) {
        this.method = method;
        this.answer = answer;
    }

    /** What a request gets; whatever is thrown refuses it. */
    interface Answer {
        Object to(HttpExchange exchange) throws IOException;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String requestId = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Request-Id"))
                .filter(id -> id.matches("[\\w.:/+=@-]{1,128}"))
                .orElseGet(() -> UUID.randomUUID().toString());
        exchange.getResponseHeaders().set("X-Request-Id", requestId);
        try (exchange) {
            try {
                requireMethod(exchange);
                send(exchange, 200, answer.to(exchange));
            } catch (RuntimeException e) {
                RequestRefused refused = RequestRefused.because(e);
                send(exchange, refused.status(), envelope(refused, requestId));
            }
        }
    }

    /** What stands in the path of a request below a prefix. */
    static String below(String prefix, HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return path.startsWith(prefix) ? path.substring(prefix.length()) : "";
    }

    private void requireMethod(HttpExchange exchange) {
        if (!exchange.getRequestMethod().equals(method)) {
            exchange.getResponseHeaders().set("Allow", method);
            String message = "This takes " + method + ", not " + exchange.getRequestMethod() + ".";
            throw new RequestRefused(405, "METHOD_NOT_ALLOWED", message, Map.of("method", exchange.getRequestMethod()));
        }
    }

    private static ObjectNode envelope(RequestRefused refused, String requestId) {
        ObjectNode envelope = JSON.createObjectNode()
                .put("code", refused.code())
                .put("message", refused.getMessage())
                .put("requestId", requestId);
        return envelope.set("details", JSON.valueToTree(refused.details()));
    }

    private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
        byte[] body = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-cache, no-transform");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
