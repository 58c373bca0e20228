package dev.recount.feed;

import dev.recount.store.Query;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a feed, apart from the server that took it in: method, headers, query parameters, and the scope that the
 * host gives it.
 *
 * <p>Which rig of a town is meant is the host's to find out, mostly from the path: {@link #ofRig} says it.
 *
 * <pre>{@code
 * FeedRequest request = FeedRequest.of("GET", Map.of("Accept", List.of("text/event-stream")), "type=bead.closed&after=412")
 *         .within(Query.tagged("project", "mayor"));
 * }</pre>
 *
 * <p>Immutable.
 */
public final class FeedRequest {

    private final String method;
    private final Map<String, List<String>> headers;
    private final String query;
    private final Query scope;
    private final Optional<String> rig;

    private FeedRequest(
            String method, Map<String, List<String>> headers, String query, Query scope, Optional<String> rig) {
        this.method = method;
        this.headers = headers;
        this.query = query;
        this.scope = scope;
        this.rig = rig;
    }

    /**
     * A request that may see every event the feed's policy lets it see.
     *
     * @param headers by name, in any case
     * @param query the part of the URL after the question mark as the client sent it, not decoded; null where there is none
     */
    public static FeedRequest of(String method, Map<String, List<String>> headers, @Nullable String query) {
        Map<String, List<String>> copy = new TreeMap<>();
        headers.forEach((name, values) -> copy.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return new FeedRequest(method, copy, query == null ? "" : query, Query.all(), Optional.empty());
    }

    /** The same request, which sees only what this query finds, too. What the feed's policy allows still holds. */
    public FeedRequest within(Query narrower) {
        return new FeedRequest(method, headers, query, scope.and(narrower), rig);
    }

    /** The same request, for one rig. The feed of a town answers it like the feed of that rig: with 404 where there is none. */
    public FeedRequest ofRig(String name) {
        return new FeedRequest(method, headers, query, scope, Optional.of(name));
    }

    /** GET, POST and so on. */
    public String method() {
        return method;
    }

    /** The rig that the host says is meant; empty for all that the feed shows. */
    public Optional<String> rig() {
        return rig;
    }

    /** The first value of a header, whose name is read in any case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** All values of a header that is a list, which may come in several lines, as one line; empty where it is not there. */
    String list(String header) {
        return String.join(",", headers.getOrDefault(header.toLowerCase(Locale.ROOT), List.of()));
    }

    /**
     * The value of a query parameter.
     *
     * @throws FeedRefused where it is given more than once, or cannot be decoded
     */
    public Optional<String> parameter(String name) {
        List<String> values = parameters(name);
        if (values.size() > 1) {
            throw FeedRefused.badRequest(
                            "INVALID_" + name.toUpperCase(Locale.ROOT),
                            "Parameter " + name + " is given " + values.size() + " times. Give it once.")
                    .with("parameter", name);
        }
        return values.stream().findFirst();
    }

    /**
     * All values of a query parameter, in order; none where it is not given.
     *
     * @throws FeedRefused where one cannot be decoded
     */
    public List<String> parameters(String name) {
        List<String> values = new ArrayList<>(1);
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (decoded(equals < 0 ? pair : pair.substring(0, equals)).equals(name)) {
                values.add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    /** What the host lets it see. */
    Query scope() {
        return scope;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw FeedRefused.badRequest(
                            "INVALID_QUERY",
                            "'" + text + "' is not URL-encoded. Write every percent sign with two hexadecimal digits.")
                    .with("value", text);
        }
    }

    @Override
    public String toString() {
        return method + " ?" + query + " within " + scope
                + rig.map(" of rig "::concat).orElse("");
    }
}
