package dev.recount.benchmarks.process;

import com.sun.net.httpserver.HttpServer;
import dev.recount.feed.Feed;
import dev.recount.feed.FeedListener;
import dev.recount.feed.FeedOptions;
import dev.recount.feed.http.FeedHandler;
import dev.recount.store.sqlite.SqliteEventStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * A log and its feed behind the JDK's server, in one process with who writes. Answers the port first; then a line for each line that
 * it is asked:
 *
 * <pre>
 * write TRANSACTIONS EVENTS PER_SECOND   appends so many transactions of so many events in step: p50, p99 and longest, in microseconds
 * flood MILLIS EVENTS                    appends without pause, so many events each: p50, p99 and longest, and how many appends
 * cpu                                    the processor time used so far, in milliseconds
 * memory                                 MiB resident now, MiB resident at most, MiB of heap after a collection
 * clients                                how many streams there are
 * ends REASON                            how many streams have ended for that reason
 * </pre>
 */
public final class FeedServer {

    private final Feed feed;
    private final FeedWriter writer;
    private final Map<FeedListener.End, Integer> ends = new EnumMap<>(FeedListener.End.class);

    private FeedServer(SqliteEventStore store, Duration stall, int maxClients) {
        this.writer = new FeedWriter(store);
        this.feed = Feed.of(
                "load",
                store,
                FeedOptions.defaults()
                        .withStallLimit(stall)
                        .withMaxClients(maxClients)
                        .withListener(new FeedListener() {
                            @Override
                            public void closed(String requestId, End end) {
                                ended(end);
                            }
                        }));
    }

    /** The log's file, the stall limit in milliseconds, and how many clients there may be. */
    public static void main(String... arguments) throws Exception {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // Who connects a thousand clients at once keeps as many waiting.
        int backlog = 1_024;
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), backlog);
        try (SqliteEventStore store = SqliteEventStore.open(Path.of(arguments[0]))) {
            Duration stall = Duration.ofMillis(Long.parseLong(arguments[1]));
            FeedServer server = new FeedServer(store, stall, Integer.parseInt(arguments[2]));
            http.createContext("/events", FeedHandler.of(server.feed));
            http.start();
            answer(Integer.toString(http.getAddress().getPort()));
            server.answerAll();
        } finally {
            http.stop(0);
        }
    }

    private void answerAll() throws Exception {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            answer(answerTo(line.split(" ", -1)));
        }
        feed.close();
    }

    private String answerTo(String... question) throws Exception {
        return switch (question[0]) {
            case "write" -> writer.inStep(number(question[1]), number(question[2]), number(question[3]));
            case "flood" -> writer.withoutPause(Duration.ofMillis(number(question[1])), number(question[2]));
            case "cpu" -> Long.toString(Cpu.usedMillis());
            case "memory" -> memory();
            case "clients" -> Integer.toString(feed.clients());
            case "ends" -> ends(FeedListener.End.valueOf(question[1]));
            default -> throw new IllegalArgumentException("Nobody knows '" + question[0] + "'.");
        };
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private static void answer(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private void ended(FeedListener.End end) {
        synchronized (ends) {
            ends.merge(end, 1, Integer::sum);
        }
    }

    private String ends(FeedListener.End end) {
        synchronized (ends) {
            return Integer.toString(ends.getOrDefault(end, 0));
        }
    }

    private static String memory() throws IOException {
        double resident = Resident.mebibytes("VmRSS");
        double most = Resident.mebibytes("VmHWM");
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        double heap = (runtime.totalMemory() - runtime.freeMemory()) / (1024.0 * 1024);
        return resident + " " + most + " " + heap;
    }
}
