package dev.recount.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.town.Town;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a rig as clients see it, over HTTP: a page of JSON, or a stream of server-sent events that can be resumed.
 *
 * <p>It is apart from any server: a {@link FeedRequest} gives a {@link FeedResponse}. {@link dev.recount.feed.http.FeedHandler} puts
 * it behind the JDK's own server.
 *
 * <p>What a client has not been sent, it is sent later: the log is the only buffer, and of each client the feed keeps a sequence only. So
 * a client that resumes with its last cursor misses nothing and gets nothing twice, over slow networks, restarts of the program and
 * appends of other processes. A client whose cursor does not fit the log is told so.
 *
 * <p>On a stream, a stored event has an {@code id}, and an event that is not stored has none and says {@code "ephemeral":true}. What the feed
 * says of itself has no {@code id} either, and names itself in its data: {@code "control":"reset"}. So a stored event may have any type, also
 * {@code reset}, and clients look at the {@code id} first; what has none and is not known to them they pass over.
 * {@link dev.recount.feed.client.FeedClient} is such a client.
 *
 * <p>Thread-safe. It does not close the store.
 */
public final class Feed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final Pattern REQUEST_ID = Pattern.compile("[\\w.:/+=@-]{1,128}");
    private static final List<String> PAGES_ONLY = List.of("limit", "newest", "before", "since", "until");
    private static final String BEARER = "Bearer ";

    private final Subject subject;
    private final FeedOptions options;
    private final Clients clients;
    private final Broadcasts broadcasts = new Broadcasts();
    private final EventWriter writer;

    private Feed(Subject subject, FeedOptions options) {
        this.subject = subject;
        this.options = options;
        this.writer = new EventWriter(options.eventJson());
        this.clients = new Clients(options.limits(), subject, writer);
    }

    /**
     * A feed that shows everything to everybody.
     *
     * @param rig the name that each event carries
     */
    public static Feed of(String rig, EventStore store) {
        return of(rig, store, FeedOptions.defaults());
    }

    /**
     * A feed.
     *
     * @param rig the name that each event carries
     */
    public static Feed of(String rig, EventStore store, FeedOptions options) {
        return new Feed(new RigLog(rig, store), options);
    }

    /** A feed of all rigs of a town that shows everything to everybody. */
    public static Feed of(Town town) {
        return of(town, FeedOptions.defaults());
    }

    /**
     * A feed of all rigs of a town, merged; and of each of them for requests {@link FeedRequest#ofRig of a rig}. All of its streams share
     * one limit of clients.
     *
     * @throws IllegalArgumentException where the policy's answers change with events: which came first is known in one rig only
     */
    public static Feed of(Town town, FeedOptions options) {
        if (!options.policy().changedBy().equals(Query.none())) {
            throw new IllegalArgumentException("What the policy lets a client see changes with "
                    + options.policy().changedBy()
                    + ", and a town has no order in which to see that. Make a feed of each rig.");
        }
        return new Feed(new TownLog(town), options);
    }

    /** Answers a request. Whatever goes wrong is an answer, too. */
    public FeedResponse answer(FeedRequest request) {
        String requestId = givenOrNewRequestId(request);
        Map<String, String> headers = headers(requestId);
        try {
            return answer(request, requestId, headers);
        } catch (RuntimeException e) {
            FeedRefused refused = Errors.refusal(e, requestId);
            if (refused.status() == 401) {
                headers.put("WWW-Authenticate", "Bearer");
            }
            return Errors.response(refused, headers, requestId);
        }
    }

    /**
     * Sends an event that is not stored to those who listen now and may see it: it has no sequence, moves no cursor, and is gone for who
     * is not there. A client that is too slow for it misses it; at most the last 256 wait for one. After {@link #close} this does nothing.
     *
     * @throws IllegalStateException where the feed is of a town: name the rig
     */
    public void broadcast(NewEvent event) {
        String rig = subject.rig()
                .orElseThrow(() -> new IllegalStateException(
                        "Event " + event.type() + " is of no rig, and the feed is of a town. Name the rig."));
        broadcast(rig, event);
    }

    /** As {@link #broadcast(NewEvent)}, to those who listen to that rig or to its town. */
    public void broadcast(String rig, NewEvent event) {
        String type = event.type();
        Tags tags = event.tags();
        broadcasts.add(new Broadcasts.Broadcast(rig, type, tags, Frames.ephemeral(rig, event)));
        clients.wake(sight -> sight.shows(rig, type, tags));
    }

    /** How many streams there are. */
    public int clients() {
        return clients.count();
    }

    /**
     * Ends all streams with a last comment and refuses further requests. Streams that do not end within the close limit are broken off.
     * Stop the server soon after: a browser's EventSource tries again when it cannot connect, and gives up when it is refused with 503.
     * Closing again does nothing. The store stays open.
     */
    @Override
    public void close() {
        clients.close();
    }

    private FeedResponse answer(FeedRequest request, String requestId, Map<String, String> headers) {
        requireMethod(request, headers);
        requireToken(request);
        if (clients.isClosed()) {
            throw Errors.closed();
        }
        Form form = Form.of(request);
        Query query = query(request);
        Subject shown = request.rig().map(subject::ofRig).orElse(subject);
        if (form == Form.PAGE) {
            return FeedResponse.text(200, headers, PageJson.of(shown.page(request), writer, query));
        }
        requireNoneOf(PAGES_ONLY, request);
        return stream(shown.stream(request), sighting(shown, request, query), requestId, headers);
    }

    private Query query(FeedRequest request) {
        return options.policy().visibleTo(request).and(request.scope()).and(Filters.of(request));
    }

    // The head has to be known before the policy is asked, where what comes later may change its answer.
    private Sighting sighting(Subject shown, FeedRequest request, Query query) {
        Query changes = options.policy().changedBy();
        Sighting.Source same = new Sighting.Source(shown.rig(), Optional.empty(), Query.none(), () -> query);
        return changes.equals(Query.none())
                ? same.ask()
                : new Sighting.Source(shown.rig(), shown.log(), changes, () -> query(request)).ask();
    }

    private FeedResponse stream(StreamSource source, Sighting sighting, String requestId, Map<String, String> headers) {
        clients.reserve();
        headers.put("Content-Type", "text/event-stream; charset=utf-8");
        StreamPlan plan = new StreamPlan(
                source,
                sighting,
                clients,
                broadcasts,
                options.limits().heartbeat(),
                new Told(options.listener(), requestId),
                new AtomicBoolean());
        return FeedResponse.stream(headers, plan);
    }

    private static void requireNoneOf(List<String> names, FeedRequest request) {
        for (String name : names) {
            if (!request.parameters(name).isEmpty()) {
                throw FeedRefused.badRequest(
                                "INVALID_" + name.toUpperCase(Locale.ROOT),
                                "Parameter " + name + " is for pages, and this is a stream. Leave it out.")
                        .with("parameter", name);
            }
        }
    }

    private static void requireMethod(FeedRequest request, Map<String, String> headers) {
        if (!request.method().equals("GET")) {
            headers.put("Allow", "GET");
            throw FeedRefused.of(
                            405, "METHOD_NOT_ALLOWED", "A feed is read with GET, not with " + request.method() + ".")
                    .with("method", request.method());
        }
    }

    private void requireToken(FeedRequest request) {
        String wanted = options.bearerToken();
        String given = request.header("Authorization").orElse("");
        boolean isBearer = given.regionMatches(true, 0, BEARER, 0, BEARER.length());
        if (!wanted.isEmpty() && !(isBearer && isSame(wanted, given.substring(BEARER.length())))) {
            throw FeedRefused.unauthorized("The request has no valid token. Send Authorization: Bearer and the token.");
        }
    }

    // Takes as long for a wrong token as for a right one.
    private static boolean isSame(String wanted, String given) {
        return MessageDigest.isEqual(wanted.getBytes(UTF_8), given.getBytes(UTF_8));
    }

    private String givenOrNewRequestId(FeedRequest request) {
        return givenRequestId(request).orElseGet(this::newRequestId);
    }

    /** The id that the client gave its request, or a random one. */
    static String requestId(FeedRequest request) {
        return givenRequestId(request).orElseGet(() -> UUID.randomUUID().toString());
    }

    private static Optional<String> givenRequestId(FeedRequest request) {
        return request.header("X-Request-Id")
                .filter(id -> REQUEST_ID.matcher(id).matches());
    }

    // The ids are the host's code. A request is answered also where that fails.
    private String newRequestId() {
        try {
            return options.newRequestId();
        } catch (RuntimeException e) {
            LOG.warn("The request ids of a feed cannot be made. A random one is taken.", e);
            return UUID.randomUUID().toString();
        }
    }

    static Map<String, String> headers(String requestId) {
        Map<String, String> headers = new TreeMap<>();
        headers.put("Content-Type", "application/json; charset=utf-8");
        headers.put("Cache-Control", "no-cache, no-transform");
        headers.put("X-Accel-Buffering", "no");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Request-Id", requestId);
        return headers;
    }
}
