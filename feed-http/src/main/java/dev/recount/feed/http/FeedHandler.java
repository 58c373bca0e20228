package dev.recount.feed.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.recount.feed.Feed;
import dev.recount.feed.FeedRequest;
import dev.recount.feed.FeedResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A feed behind the JDK's own HTTP server.
 *
 * <p>Pages are answered on the server's threads, each stream on a thread of its own. What is below the
 * handler's path belongs to the feed, too. A client that sends its request slowly, or does not read its page, holds a thread of the
 * server for that time: give a server that strangers reach an executor of several threads, and put a proxy with time limits before it.
 *
 * <pre>{@code
 * HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
 * server.createContext("/api/v1/events", FeedHandler.of(Feed.of("gastown", store)));
 * server.start();
 * }</pre>
 *
 * <p>Close the feed before the server is stopped, so that streams end with a word. On Java 17, start the program with
 * {@code -Dsun.net.httpserver.nodelay=true}: there the server sends headers and body apart, and without it each page waits some 40 ms
 * for the client to acknowledge the headers. Thread-safe.
 */
public final class FeedHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FeedHandler.class);

    private final Feed feed;
    private final ThreadFactory threads;

    private FeedHandler(Feed feed, ThreadFactory threads) {
        this.feed = feed;
        this.threads = threads;
    }

    /** Serves each stream on a daemon thread. */
    public static FeedHandler of(Feed feed) {
        return new FeedHandler(feed, FeedHandler::daemon);
    }

    /** Serves each stream on a thread of this factory, such as a virtual one. */
    public FeedHandler onThreadsOf(ThreadFactory newThreads) {
        return new FeedHandler(feed, newThreads);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        FeedResponse response = feed.answer(FeedRequest.of(
                exchange.getRequestMethod(),
                exchange.getRequestHeaders(),
                exchange.getRequestURI().getRawQuery()));
        if (response.length().isPresent()) {
            send(exchange, response);
        } else {
            start(exchange, response);
        }
    }

    private void start(HttpExchange exchange, FeedResponse response) {
        boolean started = false;
        try {
            threads.newThread(() -> send(exchange, response)).start();
            started = true;
        } finally {
            if (!started) {
                response.close();
                exchange.close();
            }
        }
    }

    private static void send(HttpExchange exchange, FeedResponse response) {
        try (exchange;
                response) {
            response.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(response.status(), lengthFor(exchange, response));
            if (!exchange.getRequestMethod().equals("HEAD")) {
                OutputStream body = exchange.getResponseBody();
                response.writeTo(body);
                body.close();
            }
        } catch (IOException e) {
            LOG.debug("A client left.", e);
        }
    }

    // The server takes 0 for a body of unknown length and -1 for none.
    private static long lengthFor(HttpExchange exchange, FeedResponse response) {
        return exchange.getRequestMethod().equals("HEAD")
                ? -1
                : response.length().orElse(0);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "recount-feed");
        thread.setDaemon(true);
        return thread;
    }
}
