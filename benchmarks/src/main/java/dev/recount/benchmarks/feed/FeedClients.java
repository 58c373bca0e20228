package dev.recount.benchmarks.feed;

import dev.recount.benchmarks.process.LogAppender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Many clients of a feed on one thread. Those that read check every event; others never read. Not thread-safe: use from one thread at
 * a time.
 */
public final class FeedClients implements AutoCloseable {

    private static final int SMALL_BUFFER = 4_096;

    private final Selector selector;
    private final List<FeedClient> reading = new ArrayList<>();
    private final List<FeedClient> silent = new ArrayList<>();
    private final Histogram lagNanos = new Histogram(3);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
    private @Nullable Thread thread;
    private volatile boolean over;
    private volatile @Nullable Exception failure;
    private volatile long events;
    private volatile long bytes;
    private long nowMicros;

    private FeedClients(Selector selector) {
        this.selector = selector;
    }

    /** None yet. */
    public static FeedClients create() throws IOException {
        return new FeedClients(Selector.open());
    }

    /** With so many more clients that read. */
    public void connect(int port, int clients, Scope scope) throws IOException {
        for (int i = 0; i < clients; i++) {
            FeedClient client = FeedClient.connect(port, scope, 0);
            client.channel().configureBlocking(false);
            client.channel().register(selector, SelectionKey.OP_READ, client);
            reading.add(client);
        }
    }

    /** With so many more that ask for a stream and then read nothing. */
    public void connectSilent(int port, int clients, Scope scope) throws IOException {
        for (int i = 0; i < clients; i++) {
            silent.add(FeedClient.connect(port, scope, SMALL_BUFFER));
        }
    }

    /** Begins to read. */
    public void start() {
        Thread reader = new Thread(this::run, "clients");
        reader.setDaemon(true);
        reader.start();
        thread = reader;
    }

    /** How many events came to all clients. */
    public long events() {
        return events;
    }

    /** How many bytes came to all clients. */
    public long bytes() {
        return bytes;
    }

    /**
     * Waits until all clients together have so many events.
     *
     * @throws IllegalStateException where they do not come in that time, or one comes that should not
     */
    public void awaitEvents(long wanted, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (events < wanted && System.nanoTime() < end) {
            requireSound();
            TimeUnit.MILLISECONDS.sleep(5);
        }
        requireSound();
        if (events != wanted) {
            throw new IllegalStateException(events + " events came within " + limit + " instead of " + wanted + ".");
        }
    }

    /** Throws where a client got what it should not have, or was cut off. */
    public void requireSound() {
        Exception broken = failure;
        if (broken != null) {
            throw new IllegalStateException("A client was not served well: " + broken.getMessage(), broken);
        }
    }

    /** How old events were when they came, in nanoseconds; to be read after {@link #close}. */
    public Histogram lagNanos() {
        return lagNanos;
    }

    private void run() {
        try {
            while (!over) {
                selector.select(100);
                nowMicros = LogAppender.micros(Instant.now());
                for (SelectionKey key : selector.selectedKeys()) {
                    read((FeedClient) key.attachment());
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void read(FeedClient client) throws IOException {
        buffer.clear();
        int length = client.channel().read(buffer);
        if (length < 0) {
            throw new IOException("A client was cut off after " + client.events() + " events.");
        }
        buffer.flip();
        long before = client.events();
        client.take(buffer, sentAt -> lagNanos.recordValue(1_000 * Math.max(0, nowMicros - sentAt)));
        bytes += length;
        events += client.events() - before;
    }

    /** Cuts all connections. */
    @Override
    public void close() throws IOException {
        over = true;
        try {
            Thread running = thread;
            if (running != null) {
                running.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (FeedClient client : reading) {
            client.channel().close();
        }
        for (FeedClient client : silent) {
            client.channel().close();
        }
        selector.close();
    }
}
