package dev.recount.examples.dashboard;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.recount.feed.FeedRefused;
import java.io.IOException;
import java.util.Map;

/**
 * What every request passes: the check of its host, the headers that keep a browser from doing what the page does not need, and the
 * envelope for what is refused further in.
 */
final class Door extends Filter {

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
                    + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    private final KnownHosts hosts;

    Door(KnownHosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public String description() {
        return "Checks the host and sets the headers";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        HEADERS.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        Answers.identify(exchange);
        try {
            requireKnownHost(exchange);
            chain.doFilter(exchange);
        } catch (RuntimeException e) {
            Answers.refusal(exchange, e);
        }
    }

    private void requireKnownHost(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (host == null || !hosts.contains(host)) {
            throw FeedRefused.forbidden("This server is not '" + host
                            + "'. Open it as localhost, or by the host that it was started with.")
                    .with("host", String.valueOf(host));
        }
    }
}
