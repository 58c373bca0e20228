package dev.recount.feed;

import com.sun.net.httpserver.HttpServer;
import dev.recount.feed.http.FeedHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A feed behind a real server on a real socket. The server has one thread, so that a stream which held it would be noticed. */
final class Served implements AutoCloseable {

    static {
        // The server of JDK 17 sends headers and body apart; without this the body waits for the client's delayed
        // acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(60)).build();

    private final Feed feed;
    private final HttpServer server;

    private Served(Feed feed, HttpServer server) {
        this.feed = feed;
        this.server = server;
    }

    static Served of(Feed feed) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/events", FeedHandler.of(feed));
        server.createContext("/api/rigs", FeedHandler.ofRigs(feed));
        server.start();
        return new Served(feed, server);
    }

    Feed feed() {
        return feed;
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    /** A page; names and values of headers follow each other. */
    HttpResponse<String> get(String query, String... headers) throws IOException, InterruptedException {
        return send("GET", query, headers);
    }

    /** A page of a rig, at a path below the rigs' own. */
    HttpResponse<String> getOfRig(String path) throws IOException, InterruptedException {
        return send("GET", URI.create("http://127.0.0.1:" + address().getPort() + "/api/rigs" + path));
    }

    HttpResponse<String> send(String method, String query, String... headers) throws IOException, InterruptedException {
        return send(method, uri(query), headers);
    }

    private static HttpResponse<String> send(String method, URI uri, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(60))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    URI uri(String query) {
        return URI.create("http://127.0.0.1:" + address().getPort() + "/api/v1/events" + query);
    }

    EventSource stream(String query, String... headers) throws IOException {
        return EventSource.connect(address(), "/api/v1/events" + query, headers);
    }

    EventSource streamOfRig(String rig, String query) throws IOException {
        return EventSource.connect(address(), "/api/rigs/" + rig + "/events" + query);
    }

    @Override
    public void close() {
        feed.close();
        server.stop(0);
    }
}
