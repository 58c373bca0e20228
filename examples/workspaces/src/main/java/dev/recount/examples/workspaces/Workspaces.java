package dev.recount.examples.workspaces;

import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** A week of an organisation in some seconds; with {@code --serve} it stays open after that. */
public final class Workspaces {

    private static final Duration PACE = Duration.ofMillis(120);

    private Workspaces() {}

    /** Plays the week into the folder that is named, or a temporary one, and serves it where {@code --serve} is given. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        // The server of Java 17 sends headers and body apart, and the body would wait for the client.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        List<String> given = List.of(arguments);
        Optional<Path> named = given.stream()
                .filter(argument -> !argument.startsWith("--"))
                .findFirst()
                .map(Path::of);
        Path folder = named.isPresent() ? named.get() : Files.createTempDirectory("workspaces");
        Files.createDirectories(folder);
        if (Files.exists(folder.resolve("organisation.db"))) {
            System.err.println("There is an organisation in " + folder + " already. Look at it with ./recount serve "
                    + folder + ", or name another folder.");
            System.exit(2);
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Keys keys = Keys.of(UUID.randomUUID().toString());
        Demo.run(out, folder, keys, PACE);
        out.println("\nIt is in " + folder + ". Look on with: ./recount serve " + folder);
        if (given.contains("--serve")) {
            serve(out, folder, keys);
        }
    }

    private static void serve(PrintStream out, Path folder, Keys keys) throws IOException, InterruptedException {
        SqliteOptions options = SqliteOptions.defaults();
        try (SqliteEventStore store = SqliteEventStore.open(
                        folder.resolve("organisation.db"), options.withInline(new WorkspaceTables()));
                SqliteEventStore activities = SqliteEventStore.open(folder.resolve("activities.log"), options);
                Headquarters headquarters =
                        Headquarters.open(store, activities, Headquarters.Options.of(keys, InstantSource.system()));
                OrganisationServer server = OrganisationServer.start(
                        headquarters, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            out.println("\nServing it; Ctrl-C ends it. All of it, and what the agent rover sees:");
            out.println("  curl -N -H 'Accept: text/event-stream' -H 'Authorization: Bearer " + keys.ofCanvas() + "' "
                    + server.uri() + "/api/events?after=0");
            out.println("  curl -N -H 'Accept: text/event-stream' -H 'Authorization: Bearer " + keys.ofAgent("rover")
                    + "' " + server.uri() + "/api/events?after=0");
            new CountDownLatch(1).await();
        }
    }
}
