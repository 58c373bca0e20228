package dev.recount.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a feed answers, apart from the server that sends it: status, headers, and a body that writes itself.
 *
 * <p>A page and an error are short. A stream lasts until the client leaves or the feed is closed, and takes the thread that
 * writes it for that time. Write a response or close it, or a stream keeps its place among the clients for nothing.
 *
 * <p>Use from one thread at a time.
 */
public final class FeedResponse implements AutoCloseable {

    private final int status;
    private final Map<String, String> headers;
    private final byte[] text;
    private final @Nullable StreamPlan stream;

    private FeedResponse(int status, Map<String, String> headers, byte[] text, @Nullable StreamPlan stream) {
        this.status = status;
        this.headers = headers;
        this.text = text;
        this.stream = stream;
    }

    static FeedResponse text(int status, Map<String, String> headers, String json) {
        return new FeedResponse(status, Map.copyOf(headers), json.getBytes(UTF_8), null);
    }

    /**
     * An answer of the host's own, with the headers that the feed's pages have.
     *
     * @param json one JSON value
     */
    public static FeedResponse json(FeedRequest request, String json) {
        return text(200, Feed.headers(Feed.requestId(request)), json);
    }

    /**
     * What a client is told when something fails at a resource of the host's own: the envelope of the feed,
     * {@code {"code","message","requestId","details"}}, and nothing of the inside. What rules refuse is 409 with their code, unless the host
     * makes a {@link FeedRefused} of it.
     */
    public static FeedResponse refusal(FeedRequest request, RuntimeException failure) {
        String requestId = Feed.requestId(request);
        Map<String, String> headers = Feed.headers(requestId);
        FeedRefused refused = Errors.refusal(failure, requestId);
        if (refused.status() == 401) {
            headers.put("WWW-Authenticate", "Bearer");
        }
        return Errors.response(refused, headers, requestId);
    }

    static FeedResponse stream(Map<String, String> headers, StreamPlan stream) {
        return new FeedResponse(200, Map.copyOf(headers), new byte[0], stream);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The headers by name. */
    public Map<String, String> headers() {
        return headers;
    }

    /** How many bytes the body has; empty for a stream, which goes on. */
    public OptionalLong length() {
        return stream == null ? OptionalLong.of(text.length) : OptionalLong.empty();
    }

    /**
     * Writes the body. A stream is written, and flushed, as events come, and closed where the feed is closed; where the client does not take it for longer than the stall
     * limit, the feed interrupts the writing thread, and the interrupt is cleared again.
     *
     * @throws IOException where the client left or was too slow
     */
    public void writeTo(OutputStream body) throws IOException {
        if (stream == null) {
            body.write(text);
        } else {
            stream.serve(body);
        }
    }

    /** Gives up the place of a stream that is not written. Closing again, or after writing, does nothing. */
    @Override
    public void close() {
        if (stream != null) {
            stream.giveUp();
        }
    }
}
