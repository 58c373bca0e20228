package dev.recount.examples.changefeed;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.recount.feed.http.JsonHandler;
import java.io.IOException;

/** Resources of the daemon beside its feed, which answer with records as JSON and refuse as the feed does. */
final class JsonEndpoint {

    private static final JsonMapper JSON = new JsonMapper();

    private JsonEndpoint() {}

    /** What a request gets; whatever is thrown refuses it. */
    interface Answer {
        Object to(HttpExchange exchange) throws IOException;
    }

    static HttpHandler of(String method, Answer answer) {
        return JsonHandler.of(method, exchange -> JSON.writeValueAsString(answer.to(exchange)))
                .translating(Refusals::of);
    }

    /** What stands in the path of a request below a prefix. */
    static String below(String prefix, HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return path.startsWith(prefix) ? path.substring(prefix.length()) : "";
    }
}
