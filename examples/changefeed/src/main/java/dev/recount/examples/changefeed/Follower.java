package dev.recount.examples.changefeed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * Follows a feed and resumes by itself where it was, as a browser's EventSource does. Not thread-safe: use from one thread at a time.
 */
public final class Follower {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI feed;
    private final Listener listener;
    private String cursor;
    private volatile boolean stopped;

    /**
     * Follows from a cursor on.
     *
     * @param cursor empty for the head
     */
    public Follower(URI feed, String cursor, Listener listener) {
        this.feed = feed;
        this.cursor = cursor;
        this.listener = listener;
    }

    /** Is told what comes, on the thread that follows. */
    public interface Listener {

        /** Something changed. */
        void changed(Change change);

        /** The log is not the one that was followed, or forgot what was to come: what was built from it has to be built again. */
        void reset(String data);

        /** The connection is gone; it is tried again. */
        void lost(String cursor);
    }

    /** Follows until it is stopped or the thread is interrupted. */
    public void run() throws InterruptedException {
        while (!stopped) {
            try {
                read();
            } catch (IOException | UncheckedIOException e) {
                listener.lost(cursor);
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    /** Lets it end with the next frame. */
    public void stop() {
        stopped = true;
    }

    private void read() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(feed).header("Accept", "text/event-stream");
        if (!cursor.isEmpty()) {
            request.header("Last-Event-ID", cursor);
        }
        HttpResponse<Stream<String>> answer = http.send(request.build(), BodyHandlers.ofLines());
        if (answer.statusCode() != 200) {
            throw new IOException("The feed answered " + answer.statusCode() + ".");
        }
        try (Stream<String> lines = answer.body()) {
            read(lines.iterator());
        }
    }

    private void read(Iterator<String> lines) throws IOException {
        Frame frame = new Frame("", "", "");
        while (!stopped && lines.hasNext()) {
            String line = lines.next();
            if (line.isEmpty()) {
                take(frame);
                frame = new Frame("", "", "");
            } else {
                frame = frame.with(line);
            }
        }
    }

    // Only a whole frame counts; one that is cut off comes again.
    private void take(Frame frame) throws IOException {
        if (frame.event().equals("reset") && frame.id().isEmpty()) {
            listener.reset(frame.data());
        } else if (!frame.data().isEmpty()) {
            listener.changed(Change.of(frame.id(), frame.data()));
        }
        cursor = frame.id().isEmpty() ? cursor : frame.id();
    }

    /** What stands between two blank lines. Immutable. */
    private record Frame(String id, String event, String data) {

        Frame with(String line) {
            if (line.startsWith("id: ")) {
                return new Frame(line.substring(4), event, data);
            }
            if (line.startsWith("event: ")) {
                return new Frame(id, line.substring(7), data);
            }
            return line.startsWith("data: ") ? new Frame(id, event, line.substring(6)) : this;
        }
    }
}
