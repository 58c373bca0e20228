package dev.recount.examples.workspaces;

import dev.recount.examples.workspaces.WorkspaceCommand.AssignAgent;
import dev.recount.examples.workspaces.WorkspaceCommand.ProvisionWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.RegisterWorkspace;
import dev.recount.store.sqlite.Durability;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.testkit.SettableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An organisation at work in files of its own, on a real socket, by a clock that stands still. */
final class Running implements AutoCloseable {

    static final Keys KEYS = Keys.of("nobody knows");

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(60)).build();

    final SettableClock clock = new SettableClock();
    final SqliteEventStore store;
    final SqliteEventStore activities;
    final Headquarters headquarters;
    private final OrganisationServer server;

    Running(Path folder) throws IOException {
        SqliteOptions options =
                SqliteOptions.defaults().withDurability(Durability.NORMAL).withClock(clock);
        store = SqliteEventStore.open(folder.resolve("organisation.db"), options.withInline(new WorkspaceTables()));
        activities = SqliteEventStore.open(folder.resolve("activities.db"), options);
        headquarters = Headquarters.open(store, activities, Headquarters.Options.of(KEYS, clock));
        server = OrganisationServer.start(headquarters, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    void handle(WorkspaceCommand command) {
        headquarters.commands().handle(command);
    }

    /** A workspace that is up. */
    void up(String id, @Nullable String parent) {
        handle(new ProvisionWorkspace(id, "The " + id, 2, parent, clock.instant()));
        handle(new RegisterWorkspace(id, "http://" + id + ".test", Samples.CARD, clock.instant()));
    }

    void agent(String workspace, String agent) {
        handle(new AssignAgent(workspace, agent, "small-1", clock.instant()));
    }

    void beat(String workspace, double errorRate, @Nullable String task) {
        headquarters.heartbeats().take(new Heartbeats.Heartbeat(workspace, errorRate, "timeout", task));
    }

    Status status(String workspace) {
        return headquarters.now().workspace(workspace).orElseThrow().status();
    }

    /** Moves the clock, and waits until every alarm that is due then was looked after. */
    void pass(Duration time) throws InterruptedException {
        if (!headquarters.awaitAlarms(Duration.ofSeconds(60))) {
            throw new AssertionError("The alarms were not set in time.");
        }
        clock.move(time);
        if (!headquarters.awaitAlarms(Duration.ofSeconds(60))) {
            throw new AssertionError("The alarms did not go off in time.");
        }
    }

    HttpResponse<String> get(String path, String key) throws IOException, InterruptedException {
        return HTTP.send(request(path, key).GET().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String key, String body) throws IOException, InterruptedException {
        return HTTP.send(request(path, key).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    Stream stream(String path, String key) throws IOException, InterruptedException {
        HttpRequest request =
                request(path, key).header("Accept", "text/event-stream").GET().build();
        return new Stream(HTTP.send(request, BodyHandlers.ofInputStream()).body());
    }

    private HttpRequest.Builder request(String path, String key) {
        return HttpRequest.newBuilder(URI.create(server.uri() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + key);
    }

    @Override
    public void close() {
        headquarters.close();
        server.close();
        store.close();
        activities.close();
    }
}
