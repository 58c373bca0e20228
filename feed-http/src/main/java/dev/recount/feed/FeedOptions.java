package dev.recount.feed;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Who may see what of a feed, in which form, and the limits of its streams.
 *
 * <p>Defaults: everybody sees everything and needs no token, a heartbeat every 15 seconds, a stall limit of 30 seconds, at most 1,000
 * streams, 5 seconds to end them all, random request ids, events in the {@linkplain EventJson#standard standard} form.
 *
 * <pre>{@code
 * FeedOptions options = FeedOptions.defaults()
 *         .withPolicy(request -> Query.tagged("project", request.parameter("project").orElse("mayor")))
 *         .withBearerToken("f7d1c0ffee")
 *         .withHeartbeat(Duration.ofSeconds(5));
 * }</pre>
 *
 * <p>Immutable.
 */
public final class FeedOptions {

    // Beyond, the arithmetic of clocks overflows.
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final FeedOptions DEFAULTS = new FeedOptions(
            FeedPolicy.everything(),
            "",
            new Limits(Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofSeconds(5), 1_000),
            new FeedListener() {},
            () -> UUID.randomUUID().toString(),
            EventJson.standard());

    private final FeedPolicy policy;
    private final String bearerToken;
    private final Limits limits;
    private final FeedListener listener;
    private final Supplier<String> requestIds;
    private final EventJson eventJson;

    private FeedOptions(
            FeedPolicy policy,
            String bearerToken,
            Limits limits,
            FeedListener listener,
            Supplier<String> requestIds,
            EventJson eventJson) {
        this.policy = policy;
        this.bearerToken = bearerToken;
        this.limits = limits;
        this.listener = listener;
        this.requestIds = requestIds;
        this.eventJson = eventJson;
    }

    /** What streams keep to. Immutable. */
    record Limits(Duration heartbeat, Duration stall, Duration close, int clients) {}

    /** Everything to everybody; a heartbeat every 15 seconds; at most 1,000 streams. */
    public static FeedOptions defaults() {
        return DEFAULTS;
    }

    /** Decides who may see what. */
    public FeedOptions withPolicy(FeedPolicy newPolicy) {
        return new FeedOptions(newPolicy, bearerToken, limits, listener, requestIds, eventJson);
    }

    /**
     * Answers only requests with the header {@code Authorization: Bearer TOKEN}; the policy is asked after that.
     *
     * <p>A browser's EventSource cannot send that header: give it a cookie that a policy reads, or read the stream with fetch.
     *
     * @throws IllegalArgumentException where the token is blank
     */
    public FeedOptions withBearerToken(String token) {
        if (token.isBlank()) {
            throw new IllegalArgumentException("The bearer token is blank. Give one that nobody can guess.");
        }
        return new FeedOptions(policy, token, limits, listener, requestIds, eventJson);
    }

    /**
     * Sends a comment to a stream that was idle for so long. It keeps proxies from closing the connection, and is how a client that
     * left is noticed.
     */
    public FeedOptions withHeartbeat(Duration idle) {
        return with(new Limits(positive("heartbeat", idle), limits.stall, limits.close, limits.clients));
    }

    /** Closes a stream whose client did not take 16 KiB within this time. It can resume where it was. */
    public FeedOptions withStallLimit(Duration limit) {
        return with(new Limits(limits.heartbeat, positive("stall limit", limit), limits.close, limits.clients));
    }

    /** How long {@link Feed#close} lets streams end by themselves before it breaks them off. */
    public FeedOptions withCloseLimit(Duration limit) {
        return with(new Limits(limits.heartbeat, limits.stall, positive("close limit", limit), limits.clients));
    }

    /**
     * Refuses streams beyond so many at once with status 503. A browser's EventSource does not try again after that by itself.
     *
     * @throws IllegalArgumentException below 1
     */
    public FeedOptions withMaxClients(int clients) {
        if (clients < 1) {
            throw new IllegalArgumentException("A feed for " + clients + " clients is none. Give at least 1.");
        }
        return with(new Limits(limits.heartbeat, limits.stall, limits.close, clients));
    }

    /** Tells a listener what streams do. */
    public FeedOptions withListener(FeedListener newListener) {
        return new FeedOptions(policy, bearerToken, limits, newListener, requestIds, eventJson);
    }

    /** Where the ids of requests come from that have no header {@code X-Request-Id}. */
    public FeedOptions withRequestIds(Supplier<String> ids) {
        return new FeedOptions(policy, bearerToken, limits, listener, ids, eventJson);
    }

    /** Shows events in this form instead of the standard one, in pages and streams; the form of broadcasts stays. */
    public FeedOptions withEventJson(EventJson form) {
        return new FeedOptions(policy, bearerToken, limits, listener, requestIds, form);
    }

    FeedPolicy policy() {
        return policy;
    }

    /** Empty where none is wanted. */
    String bearerToken() {
        return bearerToken;
    }

    Limits limits() {
        return limits;
    }

    FeedListener listener() {
        return listener;
    }

    String newRequestId() {
        return requestIds.get();
    }

    EventJson eventJson() {
        return eventJson;
    }

    private FeedOptions with(Limits newLimits) {
        return new FeedOptions(policy, bearerToken, newLimits, listener, requestIds, eventJson);
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
