package dev.recount.examples.changefeed;

import dev.recount.feed.FeedOptions;
import dev.recount.store.LogInfo;
import dev.recount.store.Retention;
import dev.recount.store.sqlite.SqliteEventStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The daemon, another process that writes to its file, a follower, and a demo of the three together. */
public final class ChangeFeed {

    /** The property of a process that is to end with the one that started it, however that ends. */
    static final String CHILD = "changefeed.child";

    private static final long NEWEST = 100_000;
    private static final long PAUSE_MILLIS = 60_000;
    private static final long WORK_MILLIS = 150;

    private static final String USAGE = """
            serve FILE [PORT]        the daemon over a log file, at 127.0.0.1
            write FILE NAME [COUNT]  another process that works on the same file; without COUNT until it is stopped
            follow URL [CURSOR]      prints what changes, such as http://127.0.0.1:8080/api/v1/events?project=apollo
            demo                     all of it, and a daemon that is killed in the middle""";

    private ChangeFeed() {}

    /** Runs what the first argument names. */
    public static void main(String[] arguments) throws Exception {
        List<String> given = List.of(arguments);
        if (Boolean.getBoolean(CHILD)) {
            endWithTheParent();
        }
        String what = given.isEmpty() ? "" : given.get(0);
        switch (what) {
            case "serve" -> serve(Path.of(given.get(1)), given.size() > 2 ? Integer.parseInt(given.get(2)) : 0);
            case "write" ->
                write(Path.of(given.get(1)), given.get(2), given.size() > 3 ? Long.parseLong(given.get(3)) : 0);
            case "follow" -> follow(URI.create(given.get(1)), given.size() > 2 ? given.get(2) : "", System.out);
            case "demo" -> Demo.run(System.out, 50);
            default -> System.out.println(USAGE);
        }
    }

    private static void endWithTheParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        // Nobody writes to it; it ends with the parent.
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // The parent is gone, too.
                    }
                    Runtime.getRuntime().halt(1);
                },
                "parent");
        watch.setDaemon(true);
        watch.start();
    }

    /** Serves until the process ends, and keeps the newest events. */
    private static void serve(Path file, int port) throws IOException, InterruptedException {
        // The server of Java 17 sends headers and body apart, and the body would wait for the client.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (SqliteEventStore store = SqliteEventStore.open(file);
                Daemon daemon = Daemon.start(store, FeedOptions.defaults(), address)) {
            Runtime.getRuntime().addShutdownHook(new Thread(daemon::close));
            System.out.println(daemon.uri() + Daemon.EVENTS);
            Housekeeping housekeeping = new Housekeeping(store, Clock.systemUTC());
            while (true) {
                LogInfo log = store.info();
                // Often enough, but not for a handful: what lives is told again each time.
                if (log.head() - log.floor() > NEWEST + NEWEST / 10) {
                    housekeeping.run(Retention.newest(NEWEST));
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private static void write(Path file, String name, long count) throws InterruptedException {
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            Simulation work = new Simulation(
                    WorkLog.commands(store), Clock.systemUTC(), name, List.of("apollo", "gemini"), name.hashCode());
            for (long events = 0; count == 0 || events < count; ) {
                int more = work.step();
                events += more;
                if (count == 0 && more > 0) {
                    Thread.sleep(WORK_MILLIS);
                }
            }
        }
    }

    private static void follow(URI feed, String cursor, PrintStream out) throws InterruptedException {
        new Follower(feed, cursor, new Follower.Listener() {
                    @Override
                    public void changed(Change change) {
                        out.println(ChangeLine.of(change));
                    }

                    @Override
                    public void unreadable(long sequence, String type) {
                        out.println("Change " + sequence + ", a " + type
                                + ", came without its content. The daemon's log says why.");
                    }

                    @Override
                    public void reset(String data) {
                        out.println("The log is another one now: " + data);
                    }

                    @Override
                    public void lost(String at) {
                        out.println("The connection is lost; to be resumed after " + at);
                    }
                })
                .run();
    }
}
