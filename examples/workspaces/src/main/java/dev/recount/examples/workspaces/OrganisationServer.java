package dev.recount.examples.workspaces;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.recount.feed.http.FeedHandler;
import dev.recount.feed.http.JsonHandler;
import dev.recount.store.Query;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** An organisation over HTTP: the feed, and what can be asked and told beside it. Thread-safe. It does not close the headquarters. */
public final class OrganisationServer implements AutoCloseable {

    private static final int THREADS = 4;
    private static final Pattern EVENTS = Pattern.compile(Endpoints.WORKSPACES + "/[^/]+/events");

    private final HttpServer server;
    private final ExecutorService threads;

    private OrganisationServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Starts to serve. */
    public static OrganisationServer start(Headquarters headquarters, InetSocketAddress address) throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        server.setExecutor(threads);
        Endpoints endpoints = new Endpoints(headquarters);
        server.createContext("/api/events", FeedHandler.of(headquarters.feed()));
        server.createContext("/api/organisation", json("GET", endpoints::organisation));
        server.createContext("/api/diff", json("GET", endpoints::diff));
        server.createContext(Endpoints.WORKSPACES, workspaces(headquarters, endpoints));
        server.createContext("/api/heartbeats", json("POST", endpoints::heartbeat));
        server.createContext("/api/activities", json("POST", endpoints::activity));
        server.createContext("/api/commands", json("POST", endpoints::command));
        server.createContext("/", exchange -> JsonHandler.refuse(exchange, Asked.nothing()));
        server.start();
        return new OrganisationServer(server, threads);
    }

    /** Where it is. */
    public URI uri() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getHostString() + ':' + address.getPort());
    }

    /** Stops. Close the headquarters first, so that streams end with a word. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }

    private static JsonHandler json(String method, JsonHandler.Answer answer) {
        return JsonHandler.of(method, answer).translating(Endpoints::refusal);
    }

    private static HttpHandler workspaces(Headquarters headquarters, Endpoints endpoints) {
        HttpHandler one = json("GET", endpoints::workspace);
        HttpHandler events = FeedHandler.of(headquarters.feed()).within(exchange -> eventsOf(exchange, endpoints));
        return exchange -> {
            boolean isEvents =
                    EVENTS.matcher(exchange.getRequestURI().getPath()).matches();
            (isEvents ? events : one).handle(exchange);
        };
    }

    private static Query eventsOf(HttpExchange exchange, Endpoints endpoints) {
        try {
            return endpoints.eventsOf(exchange);
        } catch (WorkspaceRejected e) {
            throw Endpoints.refusal(e);
        }
    }
}
