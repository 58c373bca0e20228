package dev.recount.feed.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.recount.feed.Feed;
import dev.recount.feed.FeedRequest;
import dev.recount.feed.FeedResponse;
import dev.recount.store.Query;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A feed behind the JDK's own HTTP server.
 *
 * <p>Pages are answered on the server's threads, each stream on a thread of its own. What is below the
 * handler's path belongs to the feed, too; what only begins like it, which the JDK's server gives to the handler as well, is answered with
 * 404. A client that sends its request slowly, or does not read its page, holds a thread of the
 * server for that time: give a server that strangers reach an executor of several threads, and put a proxy with time limits before it.
 *
 * <pre>{@code
 * HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
 * server.createContext("/api/v1/events", FeedHandler.of(Feed.of("gastown", store)));
 * server.start();
 * }</pre>
 *
 * <p>A feed of a town is served twice: as the town, and as its rigs, by their names in the path.
 *
 * <pre>{@code
 * Feed feed = Feed.of(town);
 * server.createContext("/api/towns/mayor/events", FeedHandler.of(feed));
 * server.createContext("/api/rigs", FeedHandler.ofRigs(feed)); // /api/rigs/gastown/events
 * }</pre>
 *
 * <p>Close the feed before the server is stopped, so that streams end with a word. On Java 17, start the program with
 * {@code -Dsun.net.httpserver.nodelay=true}: there the server sends headers and body apart, and without it each page waits some 40 ms
 * for the client to acknowledge the headers. Thread-safe.
 */
public final class FeedHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FeedHandler.class);

    private static final Pattern RIG = Pattern.compile("/([^/]+)/events");

    private final Feed feed;
    private final boolean rigs;
    private final ThreadFactory threads;
    private final Function<? super HttpExchange, Query> scope;

    private FeedHandler(Feed feed, boolean rigs, ThreadFactory threads, Function<? super HttpExchange, Query> scope) {
        this.feed = feed;
        this.rigs = rigs;
        this.threads = threads;
        this.scope = scope;
    }

    /** Serves each stream on a daemon thread. */
    public static FeedHandler of(Feed feed) {
        return new FeedHandler(feed, false, FeedHandler::daemon, exchange -> Query.all());
    }

    /**
     * Serves the rigs of a feed, each at {@code /NAME/events} below the handler's path; each stream on a daemon thread. What is not a rig
     * of the feed is answered with 404, and created by nothing.
     */
    public static FeedHandler ofRigs(Feed feed) {
        return new FeedHandler(feed, true, FeedHandler::daemon, exchange -> Query.all());
    }

    /** Serves each stream on a thread of this factory, such as a virtual one. */
    public FeedHandler onThreadsOf(ThreadFactory newThreads) {
        return new FeedHandler(feed, rigs, newThreads, scope);
    }

    /**
     * Serves less than the feed's policy lets a client see, such as what a path names.
     *
     * @param newScope what a request may see at most; may throw {@link dev.recount.feed.FeedRefused}
     */
    public FeedHandler within(Function<? super HttpExchange, Query> newScope) {
        return new FeedHandler(feed, rigs, threads, newScope);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        FeedRequest request = FeedRequest.of(
                exchange.getRequestMethod(),
                exchange.getRequestHeaders(),
                exchange.getRequestURI().getRawQuery());
        FeedResponse response = answer(exchange, rigs ? request.ofRig(rig(exchange)) : request);
        if (response.length().isPresent()) {
            send(exchange, response);
        } else {
            start(exchange, response);
        }
    }

    private FeedResponse answer(HttpExchange exchange, FeedRequest request) {
        Query narrower;
        try {
            OwnPath.require(exchange);
            narrower = scope.apply(exchange);
        } catch (RuntimeException e) {
            return FeedResponse.refusal(request, e);
        }
        return feed.answer(request.within(narrower));
    }

    /** The name in the path; all of the path where it is another, which is no rig's name. */
    private static String rig(HttpExchange exchange) {
        String context = exchange.getHttpContext().getPath();
        int end = context.endsWith("/") ? context.length() - 1 : context.length();
        String below = exchange.getRequestURI().getPath().substring(end);
        Matcher rig = RIG.matcher(below);
        return rig.matches() ? rig.group(1) : below.startsWith("/") ? below : "/" + below;
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

    static void send(HttpExchange exchange, FeedResponse response) {
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
