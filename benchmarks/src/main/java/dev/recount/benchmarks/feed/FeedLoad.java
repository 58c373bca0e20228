package dev.recount.benchmarks.feed;

import dev.recount.benchmarks.process.FeedServer;
import dev.recount.benchmarks.process.FeedWriter;
import dev.recount.benchmarks.process.ForkedJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A feed in a process of its own, and who writes to it there. Not thread-safe: use from one thread at a time. */
public final class FeedLoad implements AutoCloseable {

    private static final int EVENTS = 100;
    private static final int PER_SECOND = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ForkedJvm server;
    private final int port;

    private FeedLoad(ForkedJvm server) throws IOException {
        this.server = server;
        this.port = Integer.parseInt(server.answer());
    }

    /**
     * What clients there are. Immutable.
     *
     * @param projects clients that see one project each, over all projects
     * @param everything clients that see all events
     * @param silent clients that ask for all events there ever were, and then read nothing
     */
    public record Mix(int projects, int everything, int silent) {

        int reading() {
            return projects + everything;
        }

        private long events(long written) {
            return written * everything + written / FeedWriter.PROJECTS * projects;
        }
    }

    /** Starts it. Its heap is small, so that what it needs is seen. */
    public static FeedLoad start(Path file, Duration stallLimit) throws IOException {
        List<String> options = List.of("-Xmx128m", "-XX:+UseSerialGC");
        return new FeedLoad(ForkedJvm.start(
                FeedServer.class, options, file.toString(), Long.toString(stallLimit.toMillis()), "2000"));
    }

    /** Asks the server something that it answers with numbers. */
    public double[] ask(String question) throws IOException {
        return Arrays.stream(server.ask(question).split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** Connects clients, and waits until all of them are served. */
    public FeedClients connect(Mix mix) throws IOException, InterruptedException {
        FeedClients clients = FeedClients.create();
        for (int i = 0; i < mix.projects(); i++) {
            clients.connect(port, 1, Scope.project(i % FeedWriter.PROJECTS));
        }
        clients.connect(port, mix.everything(), Scope.everything());
        clients.start();
        awaitClients(mix.reading());
        clients.connectSilent(port, mix.silent(), Scope.fromTheBeginning());
        return clients;
    }

    /** Waits until so many clients were closed, since it started, that took nothing for the stall limit. */
    public void awaitStalled(int wanted) throws IOException, InterruptedException {
        await("ends STALLED", wanted);
    }

    private void awaitClients(int wanted) throws IOException, InterruptedException {
        await("clients", wanted);
    }

    private void await(String question, int wanted) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (ask(question)[0] != wanted) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Asked for " + question + " the server says " + ask(question)[0]
                        + " instead of " + wanted + ".");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Cuts all connections, and waits until the server has noticed. */
    public void disconnect(FeedClients clients) throws IOException, InterruptedException {
        clients.close();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (ask("clients")[0] > 0 && System.nanoTime() < end) {
            write(Duration.ofMillis(500));
        }
        awaitClients(0);
    }

    /**
     * Writes 2,000 events a second for that time, in 20 transactions a second of one event for each project.
     *
     * @return p50, p99 and longest append in microseconds, and how many there were
     */
    public double[] write(Duration time) throws IOException {
        return ask("write " + transactions(time) + " " + EVENTS + " " + PER_SECOND);
    }

    /** The same, and waits until all clients have all of it. */
    public double[] write(Duration time, Mix mix, FeedClients clients) throws IOException, InterruptedException {
        long before = clients.events();
        double[] appends = write(time);
        clients.awaitEvents(before + mix.events(transactions(time) * EVENTS), PATIENCE);
        return appends;
    }

    private static long transactions(Duration time) {
        return Math.max(1, time.toMillis() * PER_SECOND / 1_000);
    }

    @Override
    public void close() {
        server.close();
    }
}
