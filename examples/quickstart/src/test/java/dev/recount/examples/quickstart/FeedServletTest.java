package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.feed.Feed;
import dev.recount.feed.FeedListener;
import dev.recount.feed.FeedOptions;
import dev.recount.feed.client.FedEvent;
import dev.recount.feed.client.FeedClient;
import dev.recount.feed.client.FeedFollower;
import dev.recount.feed.client.FeedObserver;
import dev.recount.feed.client.FollowFrom;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.memory.MemoryEventStore;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The feed in a servlet container. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeedServletTest {

    private final EventStore store = MemoryEventStore.create();
    private final BlockingQueue<FeedListener.End> ends = new LinkedBlockingQueue<>();
    private final Feed feed = Feed.of(
            "gastown",
            store,
            FeedOptions.defaults()
                    .withHeartbeat(Duration.ofMillis(50))
                    .withStallLimit(Duration.ofSeconds(1))
                    .withListener(new FeedListener() {
                        @Override
                        public void closed(String requestId, End end) {
                            ends.add(end);
                        }
                    }));
    private final ExecutorService streams = Executors.newCachedThreadPool();
    private final Server server = new Server();

    @BeforeEach
    void start() throws Exception {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletHolder holder = new ServletHolder(new FeedServlet(feed, streams));
        holder.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(holder, "/api/v1/events");
        server.setHandler(context);
        server.start();
        append(3);
    }

    @AfterEach
    void stop() throws Exception {
        feed.close();
        streams.shutdown();
        server.stop();
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            store.append(Append.of(List.of(NewEvent.of("counted", "{}"))));
        }
    }

    private URI uri(String query) {
        return server.getURI().resolve("/api/v1/events" + query);
    }

    @Test
    void a_page_is_answered() throws Exception {
        URLConnection page = uri("?after=1").toURL().openConnection();

        assertThat(page.getContentType()).startsWith("application/json");
        try (InputStream body = page.getInputStream()) {
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("{\"events\":[{\"sequence\":2,\"rig\":\"gastown\"");
        }
    }

    @Test
    void a_stream_is_followed_live_and_resumed_and_its_thread_is_given_back() throws Exception {
        Counting told = new Counting();
        String cursor;
        try (FeedFollower follower = FeedClient.of(uri("")).follow(FollowFrom.START, told)) {
            assertThat(told.next(3)).containsExactly(1L, 2L, 3L);
            append(2);
            assertThat(told.next(2)).containsExactly(4L, 5L);
            cursor = told.last.cursor();
            assertThat(follower.isRunning()).isTrue();
        }
        append(1);

        try (FeedFollower follower = FeedClient.of(uri("")).follow(cursor, told)) {
            assertThat(told.next(1)).containsExactly(6L);
            assertThat(follower.isRunning()).isTrue();
        }

        feed.close();
        streams.shutdown();
        assertThat(streams.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(feed.clients()).isZero();
    }

    @Test
    void a_client_that_reads_nothing_is_closed_and_its_thread_is_given_back() throws Exception {
        String large = "\"" + "x".repeat(1_000_000) + "\"";
        for (int i = 0; i < 20; i++) {
            store.append(Append.of(List.of(NewEvent.of("large", large))));
        }
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), server.getURI().getPort()));
            String request = "GET /api/v1/events?after=0 HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            assertThat(ends.poll(60, TimeUnit.SECONDS)).isEqualTo(FeedListener.End.STALLED);
        }
        streams.shutdown();
        assertThat(streams.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    private static final class Counting implements FeedObserver {

        private final BlockingQueue<Long> sequences = new LinkedBlockingQueue<>();
        private volatile FedEvent last;

        List<Long> next(int count) throws InterruptedException {
            Long[] next = new Long[count];
            for (int i = 0; i < count; i++) {
                next[i] = sequences.poll(60, TimeUnit.SECONDS);
            }
            return List.of(next);
        }

        @Override
        public void event(FedEvent event) {
            last = event;
            sequences.add(event.stored().sequence());
        }

        @Override
        public FollowFrom reset(String reason, String message) {
            throw new AssertionError(message);
        }
    }
}
