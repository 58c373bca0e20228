package dev.recount.feed.http;

import com.sun.net.httpserver.HttpExchange;
import dev.recount.feed.FeedRefused;

/** The path that a handler was put at, and what is below it. */
final class OwnPath {

    private OwnPath() {}

    /** Refuses a path that only begins like the handler's own, since the JDK's server takes that for a prefix of letters. */
    static void require(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        String own = exchange.getHttpContext().getPath();
        if (!own.endsWith("/") && !path.equals(own) && !path.startsWith(own + "/")) {
            throw FeedRefused.notFound("There is nothing at this path. Check it.")
                    .with("path", path);
        }
    }
}
