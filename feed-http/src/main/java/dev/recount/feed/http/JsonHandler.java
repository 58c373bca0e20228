package dev.recount.feed.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.recount.feed.FeedRefused;
import dev.recount.feed.FeedRequest;
import dev.recount.feed.FeedResponse;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * A resource of the host's own beside a feed: it answers with JSON, and refuses as the feed does, with
 * {@code {"code","message","requestId","details"}} and the request's id in the header.
 *
 * <pre>{@code
 * server.createContext("/api/v1/projects", JsonHandler.of("GET", exchange -> projects.json()));
 * }</pre>
 *
 * <p>The JDK's server takes a path for a prefix of letters; this one does not: what only begins like its path is answered with 404.
 * Thread-safe where its answer is.
 */
public final class JsonHandler implements HttpHandler {

    private final String method;
    private final Answer answer;
    private final UnaryOperator<RuntimeException> translation;

    private JsonHandler(String method, Answer answer, UnaryOperator<RuntimeException> translation) {
        this.method = method;
        this.answer = answer;
        this.translation = translation;
    }

    /** What a request gets. */
    @FunctionalInterface
    public interface Answer {

        /**
         * One JSON value.
         *
         * @throws FeedRefused where the request is refused; any other exception is told as the feed tells it
         * @throws IOException where the request cannot be read
         */
        String to(HttpExchange exchange) throws IOException;
    }

    /** Answers requests of a method, and refuses any other with 405. */
    public static JsonHandler of(String method, Answer answer) {
        return new JsonHandler(method, answer, failure -> failure);
    }

    /**
     * Makes of the host's own exceptions what a client is told, such as {@code FeedRefused.notFound(...)}.
     *
     * @param newTranslation gives another exception, or the same
     */
    public JsonHandler translating(UnaryOperator<RuntimeException> newTranslation) {
        return new JsonHandler(method, answer, newTranslation);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        FeedRequest request = request(exchange);
        FeedResponse response;
        try {
            OwnPath.require(exchange);
            requireMethod(exchange);
            response = FeedResponse.json(request, answer.to(exchange));
        } catch (RuntimeException e) {
            response = FeedResponse.refusal(request, translation.apply(e));
        }
        FeedHandler.send(exchange, response);
    }

    /** Refuses an exchange, whatever else was to be done with it, as the feed does. */
    public static void refuse(HttpExchange exchange, RuntimeException failure) {
        FeedHandler.send(exchange, FeedResponse.refusal(request(exchange), failure));
    }

    private static FeedRequest request(HttpExchange exchange) {
        return FeedRequest.of(
                exchange.getRequestMethod(),
                exchange.getRequestHeaders(),
                exchange.getRequestURI().getRawQuery());
    }

    private void requireMethod(HttpExchange exchange) {
        String asked = exchange.getRequestMethod();
        if (!asked.equals(method)) {
            exchange.getResponseHeaders().set("Allow", method);
            throw FeedRefused.of(405, "METHOD_NOT_ALLOWED", "This takes " + method + ", not " + asked + ".")
                    .with("method", asked);
        }
    }
}
