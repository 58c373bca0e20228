package dev.recount.examples.changefeed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Follows a feed and resumes by itself where it was, as a browser's EventSource does. Runs on one thread; any other may stop it.
 */
public final class Follower {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI feed;
    private final Listener listener;
    private String cursor;
    private volatile InputStream connection = InputStream.nullInputStream();
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

        /** Something changed, and the daemon could not say what: its log says why. */
        void unreadable(long sequence, String type);

        /** The log is not the one that was followed, or forgot what was to come: what was built from it has to be built again. */
        void reset(String data);

        /** The connection is gone; it is tried again. */
        void lost(String cursor);
    }

    /** Follows until it is stopped. */
    public void run() throws InterruptedException {
        while (!stopped) {
            try {
                read();
            } catch (IOException e) {
                if (!stopped) {
                    listener.lost(cursor);
                }
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    /** Ends it, on any thread. */
    public void stop() {
        stopped = true;
        try {
            connection.close();
        } catch (IOException e) {
            // It is gone already.
        }
    }

    private void read() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(feed).header("Accept", "text/event-stream");
        if (!cursor.isEmpty()) {
            request.header("Last-Event-ID", cursor);
        }
        HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            connection = body;
            if (answer.statusCode() != 200) {
                throw new IOException("The feed answered " + answer.statusCode() + ".");
            }
            read(new BufferedReader(new InputStreamReader(body, UTF_8)));
        }
    }

    private void read(BufferedReader lines) throws IOException {
        Frame frame = new Frame("", "", "");
        for (String line = lines.readLine(); line != null && !stopped; line = lines.readLine()) {
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
            tell(frame.id(), frame.data());
        }
        cursor = frame.id().isEmpty() ? cursor : frame.id();
    }

    private void tell(String id, String data) throws IOException {
        JsonNode json = JSON.readTree(data);
        if (json.path("malformed").asBoolean()) {
            listener.unreadable(
                    json.path("sequence").asLong(), json.path("type").asText());
        } else {
            listener.changed(Change.of(id, data));
        }
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
