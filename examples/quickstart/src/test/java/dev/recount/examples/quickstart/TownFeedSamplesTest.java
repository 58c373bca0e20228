package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.recount.event.NewEvent;
import dev.recount.feed.Feed;
import dev.recount.feed.http.FeedHandler;
import dev.recount.store.Append;
import dev.recount.store.sqlite.SqliteTown;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample of a town's feed, run. {@link DocumentationTest} sees to it that none is missing here. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TownFeedSamplesTest {

    @TempDir
    Path directory;

    @Test
    void a_town_is_served_as_one_and_by_its_rigs() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (SqliteTown town = SqliteTown.open(directory)) {
            town.rig("gastown").append(Append.of(List.of(NewEvent.of("bead.created", "{}"))));
            town.rig("beads").append(Append.of(List.of(NewEvent.of("bead.closed", "{}"))));

            Feed feed = Feed.of(town);
            server.createContext("/api/towns/mayor/events", FeedHandler.of(feed));
            server.createContext("/api/rigs", FeedHandler.ofRigs(feed)); // /api/rigs/gastown/events
            server.start();

            String address = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(read(address + "/api/towns/mayor/events"))
                    .contains("bead.created", "bead.closed", "\"broken\":[]");
            assertThat(read(address + "/api/rigs/gastown/events"))
                    .contains("bead.created")
                    .doesNotContain("bead.closed");
            feed.close();
        } finally {
            server.stop(0);
        }
    }

    private static String read(String address) throws IOException {
        try (InputStream in = URI.create(address).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
