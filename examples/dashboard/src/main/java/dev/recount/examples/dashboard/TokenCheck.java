package dev.recount.examples.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.recount.feed.FeedRefused;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Lets only those in who know the token: a program sends it as {@code Authorization: Bearer}; a browser, whose streams cannot, is given a
 * cookie for it.
 *
 * <p>The cookie is derived from the token, so it outlives a restart and tells nobody the token. No script can read it and no other site
 * can have it sent. It has the port in its name, since a browser shares cookies over ports.
 */
final class TokenCheck extends Filter {

    static final String LOGIN = "/api/login";

    private static final String BEARER = "Bearer ";
    private static final int LONGEST_BODY = 4_096;

    private final Optional<String> token;

    TokenCheck(Optional<String> token) {
        this.token = token;
    }

    @Override
    public String description() {
        return "Checks the token";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        if (exchange.getRequestURI().getPath().equals(LOGIN)) {
            logIn(exchange);
            return;
        }
        if (token.isPresent() && !isKnown(exchange, token.get())) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            throw FeedRefused.unauthorized(
                    "The request has no valid token. Send Authorization: Bearer and the token, or sign in.");
        }
        chain.doFilter(exchange);
    }

    private void logIn(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            throw Answers.methodNotAllowed(exchange, "POST");
        }
        Object given =
                Answers.read(exchange.getRequestBody().readNBytes(LONGEST_BODY)).get("token");
        if (token.isPresent()) {
            if (!isSame(token.get(), String.valueOf(given))) {
                throw FeedRefused.unauthorized("That is not the token. Give the one that the server was started with.");
            }
            exchange.getResponseHeaders()
                    .set("Set-Cookie", cookie(exchange, token.get()) + "; Path=/; HttpOnly; SameSite=Strict");
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private static boolean isKnown(HttpExchange exchange, String wanted) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return isSame(wanted, header.substring(BEARER.length()));
        }
        String expected = cookie(exchange, wanted);
        return exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
                .flatMap(cookies -> Arrays.stream(cookies.split(";", -1)))
                .anyMatch(cookie -> isSame(expected, cookie.strip()));
    }

    private static String cookie(HttpExchange exchange, String token) {
        return String.format(
                Locale.ROOT, "recount-%d=%s", exchange.getLocalAddress().getPort(), derived(token));
    }

    private static String derived(String token) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal("recount dashboard cookie".getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }

    // Takes as long for a wrong one as for the right one.
    private static boolean isSame(String wanted, String given) {
        return MessageDigest.isEqual(wanted.getBytes(UTF_8), given.getBytes(UTF_8));
    }
}
