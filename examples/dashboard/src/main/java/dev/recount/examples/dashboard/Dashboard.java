package dev.recount.examples.dashboard;

import com.sun.net.httpserver.HttpServer;
import dev.recount.store.EventStoreException;
import dev.recount.town.Town;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dashboard of a town on a server of its own: the page, what it reads, and the feeds.
 *
 * <pre>{@code
 * try (SqliteTown town = SqliteTown.open(directory);
 *         Dashboard dashboard = Dashboard.start("mandrigin", town, new ShownTown(), DashboardOptions.defaults())) {
 *     System.out.println(dashboard.address());
 *     ...
 * }
 * }</pre>
 *
 * <p>On Java 17, start the program with {@code -Dsun.net.httpserver.nodelay=true}, or each answer waits some 40 ms. Thread-safe. It does
 * not close the town.
 */
public final class Dashboard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);
    private static final int THREADS = 16;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Feeds feeds;
    private final URI address;

    private Dashboard(HttpServer server, ExecutorService threads, Feeds feeds, URI address) {
        this.server = server;
        this.threads = threads;
        this.feeds = feeds;
        this.address = address;
    }

    /**
     * Starts to serve a town.
     *
     * @param name what the town is called, on the page and in URLs
     * @throws IOException where the host is unknown, or the port is in use
     */
    public static <S, E> Dashboard start(String name, Town town, ShownSystem<S, E> system, DashboardOptions options)
            throws IOException {
        InetAddress host = InetAddress.getByName(options.host());
        HttpServer server = HttpServer.create(new InetSocketAddress(host, options.port()), 0);
        TownCourse<S, E> course = new TownCourse<>(name, town, system);
        Feeds feeds = Feeds.of(town, course);
        Door door = new Door(KnownHosts.of(options.host()));
        TokenCheck token = new TokenCheck(options.token());
        server.createContext("/", new PageFiles()).getFilters().add(door);
        Api api = new Api(course, feeds);
        server.createContext("/api/", api).getFilters().addAll(List.of(door, token));
        server.createContext("/api/rigs", api).getFilters().addAll(List.of(door, token));
        ExecutorService threads = threads();
        server.setExecutor(threads);
        server.start();
        threads.execute(() -> readAhead(course));
        URI address = URI.create("http://" + KnownHosts.written(options.host()) + ':'
                + server.getAddress().getPort() + '/');
        return new Dashboard(server, threads, feeds, address);
    }

    /** Where the page is. */
    public URI address() {
        return address;
    }

    /** Ends all streams with a word, and then the server. Closing again does nothing. */
    @Override
    public void close() {
        feeds.close();
        server.stop(0);
        threads.shutdownNow();
    }

    // Who comes first need not wait for a long log to be read.
    private static void readAhead(TownCourse<?, ?> course) {
        try {
            course.look(rig -> true, RigCourse::rig);
        } catch (EventStoreException e) {
            LOG.debug("The rigs could not be read ahead; whoever asks is told why.", e);
        }
    }

    private static ExecutorService threads() {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "recount-dashboard-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
