package dev.recount.feed.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recount.codec.EventCodec;
import dev.recount.decider.Projector;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The feed of a rig or of a town in another program, as its stream of server-sent events.
 *
 * <p>A follower connects again by itself with its last cursor: after a lost connection, a restart of the server, an answer of 5xx, 408, 425 or 429,
 * and when the server was silent for longer than the silence limit. It waits between tries, each time about twice as long, beginning with
 * what the server asks for. Any other refusal ends it with an {@link UnusableFeed}. Redirects are not followed, unless an HTTP client of the
 * caller's does, since the token would go with them.
 *
 * <pre>{@code
 * FeedClient feed = FeedClient.of(URI.create("http://127.0.0.1:8080/api/v1/events?type=seat.taken"))
 *         .withBearerToken("f7d1c0ffee")
 *         .withLongestPause(Duration.ofSeconds(10));
 * }</pre>
 *
 * <p>Defaults: a silence limit of 45 seconds, three heartbeats of a feed; waits of 30 seconds at most; HTTP/1.1. Immutable.
 */
public final class FeedClient {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);

    // Beyond, the arithmetic of clocks overflows.
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final String ALL = "0";
    private static final String CURSOR = "Last-Event-ID";

    private final URI uri;
    private final List<String> headers;
    private final HttpClient http;
    private final Limits limits;

    private FeedClient(URI uri, List<String> headers, HttpClient http, Limits limits) {
        this.uri = uri;
        this.headers = headers;
        this.http = http;
        this.limits = limits;
    }

    private record Limits(Duration silence, Duration pause) {}

    /**
     * A feed by its URL, with the filters that narrow it.
     *
     * @throws IllegalArgumentException where it is not a whole http or https URL, or has the parameter {@code after}: where to begin is said
     *     when it is followed
     */
    public static FeedClient of(URI feed) {
        // Refuses what it could not send later.
        HttpRequest.newBuilder(feed);
        requireNoCursor(feed);
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .build();
        return new FeedClient(feed, List.of(), http, new Limits(Duration.ofSeconds(45), Duration.ofSeconds(30)));
    }

    /** Sends the header {@code Authorization: Bearer TOKEN}. */
    public FeedClient withBearerToken(String token) {
        return withHeader("Authorization", "Bearer " + token);
    }

    /**
     * Sends one more header with each request, such as a cookie.
     *
     * @throws IllegalArgumentException where it is none, or one that the HTTP client sets itself
     */
    public FeedClient withHeader(String name, String value) {
        HttpRequest.newBuilder().header(name, value);
        List<String> more = new ArrayList<>(headers);
        more.add(name);
        more.add(value);
        return new FeedClient(uri, List.copyOf(more), http, limits);
    }

    /** Connects by another client: with a proxy, with trusted certificates, with redirects. */
    public FeedClient withHttpClient(HttpClient client) {
        return new FeedClient(uri, headers, client, limits);
    }

    /**
     * Gives a connection up on which nothing came for so long, not even a heartbeat. Give several of the server's heartbeats.
     *
     * @throws IllegalArgumentException below a millisecond, or above 36,500 days
     */
    public FeedClient withSilenceLimit(Duration limit) {
        return new FeedClient(uri, headers, http, new Limits(positive("silence limit", limit), limits.pause));
    }

    /**
     * Waits at most so long between two tries, also where the server asks for more.
     *
     * @throws IllegalArgumentException below a millisecond, or above 36,500 days
     */
    public FeedClient withLongestPause(Duration pause) {
        return new FeedClient(uri, headers, http, new Limits(limits.silence, positive("longest pause", pause)));
    }

    /**
     * Follows the feed from its start or its head, until the follower is closed. Returns at once.
     *
     * <pre>{@code
     * try (FeedFollower follower = feed.follow(FollowFrom.START, new GuestList())) {
     *     follower.awaitEnd(limit);
     * }
     * }</pre>
     */
    public FeedFollower follow(FollowFrom from, FeedObserver observer) {
        return FeedFollower.start(this, cursor(from), observer);
    }

    /**
     * Follows the feed on after a cursor that it gave, until the follower is closed. Returns at once.
     *
     * @throws IllegalArgumentException where the cursor is blank, or cannot be sent
     */
    public FeedFollower follow(String cursor, FeedObserver observer) {
        if (cursor.isBlank()) {
            throw new IllegalArgumentException("The cursor is blank. Say where to begin: START or HEAD.");
        }
        request(cursor);
        return FeedFollower.start(this, cursor, observer);
    }

    /**
     * Rebuilds a read model from the feed alone, from its start, and keeps it current. Returns at once.
     *
     * <pre>{@code
     * try (RemoteModel<Map<String, String>> plan = feed.model(JacksonCodec.of(SeatEvent.class), new SeatPlan())) {
     *     if (plan.whenApplied("theatre", 2, Duration.ofSeconds(30))) {
     *         guest = plan.state().get("12A");
     *     }
     * }
     * }</pre>
     */
    public <S, E> RemoteModel<S> model(EventCodec<E> codec, Projector<S, E> projector) {
        return RemoteModel.start(this, codec, projector);
    }

    /** What a server takes for the place before its first event or for its head. */
    static String cursor(FollowFrom from) {
        return from == FollowFrom.START ? ALL : "";
    }

    URI uri() {
        return uri;
    }

    HttpClient http() {
        return http;
    }

    Duration silenceLimit() {
        return limits.silence;
    }

    Duration longestPause() {
        return limits.pause;
    }

    HttpRequest request(String cursor) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        request.setHeader("Accept", "text/event-stream");
        request.setHeader("Cache-Control", "no-store");
        if (!cursor.isEmpty()) {
            request.setHeader(CURSOR, cursor);
        }
        return request.build();
    }

    /** Whether a header can carry a cursor. */
    static boolean isSendable(String cursor) {
        if (cursor.chars().allMatch(c -> c > ' ' && c <= '~')) {
            return true;
        }
        try {
            HttpRequest.newBuilder().header(CURSOR, cursor);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    // The server would begin there whenever no cursor is sent, which means the head.
    private static void requireNoCursor(URI feed) {
        String query = feed.getRawQuery();
        for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
            String name = parameter.split("=", 2)[0];
            if (URLDecoder.decode(name, UTF_8).equals("after")) {
                throw new IllegalArgumentException("The URL of feed " + Envelope.withoutQuery(feed)
                        + " has the parameter " + parameter
                        + ". Leave it out, and say where to begin when you follow: START, HEAD or a cursor.");
            }
        }
    }

    private static Duration positive(String what, Duration time) {
        if (time.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException(
                    "A " + what + " of " + time + " is too short. Give at least a millisecond.");
        }
        if (time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "A " + what + " of " + time + " is too long. Give at most " + LONGEST.toDays() + " days.");
        }
        return time;
    }
}
