package dev.recount.examples.changefeed;

import static dev.recount.examples.changefeed.Running.AT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.examples.changefeed.EventSource.Frame;
import dev.recount.feed.FeedOptions;
import dev.recount.store.sqlite.SqliteEventStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are slow, leave, or are many. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ClientsTest {

    private static final int MANY = 150;
    private static final int IDLE = 1_000;
    private static final String LONG_TEXT = "x".repeat(100_000);

    @TempDir
    Path folder;

    private final Ends ends = new Ends();
    private final FeedOptions options = FeedOptions.defaults().withListener(ends);

    private SqliteEventStore open() {
        return SqliteEventStore.open(folder.resolve("work.db"));
    }

    @Test
    void A12_a_slow_client_is_closed_without_harm_to_others_and_resumes_without_loss() throws Exception {
        try (SqliteEventStore store = open();
                Running running = Running.over(store, options.withStallLimit(Duration.ofMillis(500)))) {
            running.register("apollo");
            List<Long> read = new ArrayList<>();
            String cursor;
            try (EventSource slow = EventSource.withASmallBuffer(
                    running.address(), Daemon.EVENTS + "?after=0", "X-Request-Id", "slow")) {
                read.addAll(slow.sequences(1));
                for (int i = 2; i <= MANY; i++) {
                    // The writers are not held up by it.
                    running.begin("apollo", "s" + i, LONG_TEXT);
                }
                assertThat(readOn(running, "quick", "0")).isEqualTo(sequences());
                awaitEnd("slow STALLED");
                readToTheEnd(slow, read);
                cursor = slow.lastId();
            }

            assertThat(read).hasSizeLessThan(MANY);
            read.addAll(readOn(running, "again", cursor));
            assertThat(read).isEqualTo(sequences());
        }
    }

    private static List<Long> sequences() {
        return LongStream.rangeClosed(1, MANY).boxed().toList();
    }

    /** As a browser does: a busy machine may make a client late that reads all the time, and then it resumes. */
    private static List<Long> readOn(Running running, String id, String cursor) throws IOException {
        List<Long> read = new ArrayList<>();
        String from = cursor;
        while (!from.startsWith(MANY + "-")) {
            try (EventSource stream = running.stream("?after=0", "X-Request-Id", id, "Last-Event-ID", from)) {
                readToTheEnd(stream, read);
                from = stream.lastId();
            }
        }
        return read;
    }

    private static void readToTheEnd(EventSource stream, List<Long> read) throws IOException {
        try {
            Frame frame = stream.nextEvent();
            while (frame != null) {
                read.add(frame.sequence());
                frame = frame.sequence() == MANY ? null : stream.nextEvent();
            }
        } catch (SocketException e) {
            // The connection was reset; what came before counts.
        }
    }

    private void awaitEnd(String wanted) throws InterruptedException {
        String end = ends.next();
        while (!end.equals(wanted)) {
            assertThat(end).startsWith("quick ");
            end = ends.next();
        }
    }

    @Test
    void A13_a_client_that_left_is_noticed_and_its_thread_and_place_are_free() throws Exception {
        try (SqliteEventStore store = open();
                Running running = Running.over(store, options.withHeartbeat(Duration.ofMillis(50)))) {
            List<EventSource> streams = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                streams.add(running.stream("", "X-Request-Id", "leaver"));
                ends.nextOpened();
            }
            assertThat(running.daemon().clients()).isEqualTo(20);
            List<Thread> threads = feedThreads();
            assertThat(threads).hasSizeGreaterThanOrEqualTo(20);

            for (EventSource stream : streams) {
                stream.close();
            }

            for (int i = 0; i < 20; i++) {
                assertThat(ends.next()).isEqualTo("leaver CLIENT_LEFT");
            }
            assertThat(running.daemon().clients()).isZero();
            for (Thread thread : threads) {
                thread.join(60_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    private static List<Thread> feedThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("recount-feed"))
                .toList();
    }

    @Test
    void A13_a_thousand_idle_clients_fit_into_256_MB() throws Exception {
        try (SqliteEventStore store = open();
                Child daemon = Child.daemon(folder.resolve("work.db"), "-Xmx64m", "-XX:+UseSerialGC")) {
            WorkLog.commands(store).handle(new WorkCommand.RegisterProject("apollo", "Apollo", AT));
            InetSocketAddress address = daemon.address();
            List<Socket> clients = new ArrayList<>();
            try {
                for (int i = 0; i < IDLE; i++) {
                    clients.add(connect(address));
                }
                for (Socket client : clients) {
                    // The first bytes of the body: it is served.
                    awaitText(client, "id: 1-");
                }
                Files.readAllLines(Path.of("/proc", Long.toString(daemon.pid()), "status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .forEach(line -> assertThat(megabytes(line)).isBetween(1L, 255L));
                WorkLog.commands(store).handle(new WorkCommand.CreateSession("apollo", "s1", "Work", AT));
                for (Socket client : clients) {
                    awaitText(client, "id: 2-");
                }
            } finally {
                for (Socket client : clients) {
                    client.close();
                }
            }
        }
    }

    private static long megabytes(String line) {
        long megabytes = Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        System.out.println("[A13] the daemon with " + IDLE + " idle clients takes " + megabytes + " MB");
        return megabytes;
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(60_000);
        socket.connect(address, 60_000);
        socket.getOutputStream()
                .write(("GET " + Daemon.EVENTS + " HTTP/1.0\r\nAccept: text/event-stream\r\n\r\n").getBytes(UTF_8));
        return socket;
    }

    private static void awaitText(Socket client, String text) throws IOException {
        StringBuilder received = new StringBuilder();
        byte[] bytes = new byte[4_096];
        while (received.indexOf(text) < 0) {
            int count = client.getInputStream().read(bytes);
            assertThat(count).as("bytes after '%s'", received).isPositive();
            received.append(new String(bytes, 0, count, UTF_8));
        }
    }
}
