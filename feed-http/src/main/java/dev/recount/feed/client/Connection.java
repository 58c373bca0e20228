package dev.recount.feed.client;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request for the stream of a feed. One thread reads it; any thread may close it. */
final class Connection implements AutoCloseable {

    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private final FeedClient feed;
    private final Body body = new Body();
    private final CompletableFuture<HttpResponse<Body>> answer;

    private Connection(FeedClient feed, String cursor) {
        this.feed = feed;
        // No timeout of the request's own: on newer JDKs it would end a stream that is well.
        this.answer = feed.http().sendAsync(feed.request(cursor), head -> body);
    }

    static Connection open(FeedClient feed, String cursor) {
        return new Connection(feed, cursor);
    }

    /**
     * Waits for the stream to begin.
     *
     * @throws IOException where another try may help
     * @throws UnusableFeed where none will
     */
    void awaitStream() throws IOException, InterruptedException {
        HttpResponse<Body> head = head();
        int status = head.statusCode();
        if (status == 200 && isStream(head)) {
            return;
        }
        if (status >= 500 || PASSING.contains(status)) {
            throw new IOException(envelope(head).message(feed.uri(), status));
        }
        throw UnusableFeed.answered(feed.uri(), status, status >= 400 ? envelope(head) : noRefusal(head));
    }

    /** The next bytes of the stream. */
    List<ByteBuffer> next() throws IOException, InterruptedException {
        return body.next(feed.silenceLimit());
    }

    @Override
    public void close() {
        answer.cancel(true);
        body.cancel();
    }

    private HttpResponse<Body> head() throws IOException, InterruptedException {
        Duration limit = feed.silenceLimit();
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException("The server did not answer within " + limit + ".", e);
        } catch (CancellationException e) {
            throw new IOException("The connection was closed.", e);
        } catch (ExecutionException e) {
            throw new IOException("There is no connection: " + e.getCause(), e.getCause());
        }
    }

    private static boolean isStream(HttpResponse<Body> head) {
        String type = header(head, "Content-Type").toLowerCase(Locale.ROOT);
        return type.split(";", 2)[0].strip().equals("text/event-stream")
                && header(head, "Content-Encoding").matches("(?i)(identity)?");
    }

    private Envelope envelope(HttpResponse<Body> head) throws InterruptedException {
        return Envelope.of(head.statusCode(), body.text(feed.silenceLimit()), header(head, "X-Request-Id"));
    }

    private static Envelope noRefusal(HttpResponse<Body> head) {
        String id = header(head, "X-Request-Id");
        String location = header(head, "Location");
        if (head.statusCode() >= 300 && !location.isEmpty()) {
            return new Envelope("REDIRECTED", "it is now at " + location + ". Follow that URL if you trust it.", id);
        }
        String encoding = header(head, "Content-Encoding");
        String what = "'" + header(head, "Content-Type") + "'" + (encoding.isEmpty() ? "" : " as " + encoding);
        return new Envelope(
                "NOT_A_STREAM", what + " instead of text/event-stream. Check that the URL is that of a feed.", id);
    }

    private static String header(HttpResponse<Body> head, String name) {
        return head.headers().firstValue(name).orElse("");
    }
}
