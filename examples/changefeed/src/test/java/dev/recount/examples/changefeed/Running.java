package dev.recount.examples.changefeed;

import dev.recount.feed.FeedOptions;
import dev.recount.store.EventStore;
import dev.recount.store.sqlite.SqliteEventStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** A daemon over a file, on a real socket, and those who ask it. */
final class Running implements AutoCloseable {

    static final Instant AT = Instant.parse("2026-11-20T08:30:00Z");

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(60)).build();

    private final SqliteEventStore store;
    private final Daemon daemon;

    private Running(SqliteEventStore store, Daemon daemon) {
        this.store = store;
        this.daemon = daemon;
    }

    static Running over(SqliteEventStore store) throws IOException {
        return over(store, FeedOptions.defaults());
    }

    static Running over(SqliteEventStore store, FeedOptions options) throws IOException {
        return over(store, fed -> fed, options);
    }

    /** A daemon whose feed reads through something that looks on or gets in the way. */
    static Running over(SqliteEventStore store, UnaryOperator<EventStore> fed, FeedOptions options) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new Running(store, Daemon.start(store, fed.apply(store), options, any));
    }

    SqliteEventStore store() {
        return store;
    }

    Daemon daemon() {
        return daemon;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), daemon.uri().getPort());
    }

    /** Carries out a command, as the daemon does and every process that has the file. */
    void handle(WorkCommand command) {
        WorkLog.commands(store).handle(command);
    }

    void register(String... projects) {
        for (String project : projects) {
            handle(new WorkCommand.RegisterProject(project, "Project " + project, AT));
        }
    }

    void begin(String project, String session, String title) {
        handle(new WorkCommand.CreateSession(project, session, title, AT));
    }

    EventSource stream(String query, String... headers) throws IOException {
        return EventSource.connect(address(), Daemon.EVENTS + query, headers);
    }

    /** A page; names and values of headers follow each other. */
    HttpResponse<String> get(String query, String... headers) throws IOException, InterruptedException {
        return send("GET", Daemon.EVENTS + query, "", headers);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(daemon.uri() + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        daemon.close();
    }
}
