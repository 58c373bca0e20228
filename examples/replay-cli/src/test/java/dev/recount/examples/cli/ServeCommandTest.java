package dev.recount.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.examples.town.BeadCommand.CreateBead;
import dev.recount.examples.town.BeadDetails;
import dev.recount.examples.town.BeadType;
import dev.recount.examples.town.TownLog;
import dev.recount.examples.workspaces.WorkspaceCommand.ProvisionWorkspace;
import dev.recount.examples.workspaces.WorkspaceLog;
import dev.recount.store.sqlite.SqliteTown;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(300)
class ServeCommandTest {

    @TempDir
    Path folder;

    @Test
    void serves_a_town_until_it_is_told_to_end() throws Exception {
        Path rig = Rigs.audited(folder);
        Process process = start("serve", folder, "--port", "0");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            URI address = address(out.readLine());

            JsonNode timeline = Cli.parse(body(address.resolve("/api/rigs/gastown/beads/gt-1/timeline")));
            assertThat(body(address)).contains("<title>Recount</title>");
            assertThat(timeline.path("state").textValue()).isEqualTo("closed");
            assertThat(rig).exists();
            try (InputStream stream = stream(address.resolve("/api/rigs/gastown/events"))) {
                assertThat(stream.read()).isPositive();
                process.toHandle().destroy();

                assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("\n: the feed was closed\n");
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(process.errorReader().lines()).isEmpty();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void the_demo_goes_on_in_the_browser_until_it_is_told_to_end() throws Exception {
        Process process = start("demo", "--serve", "--port", "0", "--into", folder.resolve("town"));
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            while (!line.startsWith("Serving ")) {
                line = out.readLine();
            }
            URI address = address(line);
            JsonNode state = Cli.parse(body(address.resolve("/api/towns/town/state")));
            assertThat(state.path("rigs")).hasSize(3);
            // The agents go on working.
            assertThat(out.readLine()).isNotNull();

            process.toHandle().destroy();

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly().waitFor();
        }
        for (String rig : DemoTown.RIGS) {
            assertThat(Cli.run("verify", folder.resolve("town/" + rig + ".db"), "--model", "beads")
                            .status())
                    .isZero();
        }
    }

    @Test
    void knows_an_organisation_of_workspaces_by_its_events_unless_it_is_told_another_system() throws Exception {
        try (SqliteTown town = SqliteTown.open(Files.createDirectories(folder.resolve("acme")))) {
            town.rig("empty");
            WorkspaceLog.commands(town.rig("organisation"))
                    .handle(new ProvisionWorkspace("search", "Search", 2, null, Instant.EPOCH));
        }
        assertThat(boards()).containsExactly("agents", "workspaces");
        assertThat(boards("--system", "town")).containsExactly("agents", "beads", "plans");

        Cli told = Cli.run("serve", folder.resolve("acme"), "--port", 0, "--system", "circus");
        assertThat(told.status()).isEqualTo(2);
        assertThat(told.err())
                .contains("There is no system 'circus'. Name one of town")
                .hasLineCount(1);
        Cli replayed = Cli.run("replay", folder.resolve("acme/organisation.db"), "--model", "workspaces", "--json");
        assertThat(Cli.parse(replayed.out())
                        .at("/state/workspaces/search/profile/name")
                        .textValue())
                .isEqualTo("Search");
    }

    @Test
    void says_which_rigs_are_of_another_system_than_the_boards() throws Exception {
        try (SqliteTown town = SqliteTown.open(Files.createDirectories(folder.resolve("acme")))) {
            TownLog.commands(TownLog.in(town.rig("gastown")))
                    .handle(new CreateBead("gt-1", BeadDetails.of(BeadType.ISSUE, "First"), "mayor", Instant.EPOCH));
            WorkspaceLog.commands(town.rig("organisation"))
                    .handle(new ProvisionWorkspace("search", "Search", 2, null, Instant.EPOCH));
        }

        Process process = start("serve", folder.resolve("acme"), "--port", "0");
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            assertThat(err.readLine())
                    .isEqualTo("recount: the boards are those of town, and organisation holds events of workspaces."
                            + " Give --system workspaces for their boards.");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** The collections of the boards that are served. */
    private List<String> boards(String... more) throws Exception {
        List<Object> arguments = new ArrayList<>(List.of("serve", folder.resolve("acme"), "--port", "0"));
        arguments.addAll(List.of(more));
        Process process = start(arguments.toArray());
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            JsonNode state = Cli.parse(body(address(out.readLine()).resolve("/api/towns/acme/state")));
            List<String> collections = new ArrayList<>();
            state.path("boards")
                    .forEach(board -> collections.add(board.path("collection").textValue()));
            return collections;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void says_where_a_directory_is_missing() {
        Cli told = Cli.run("serve", folder.resolve("nowhere"), "--port", 0);

        assertThat(told.status()).isEqualTo(2);
        assertThat(told.err())
                .contains("There is no directory " + folder.resolve("nowhere"))
                .hasLineCount(1);
    }

    @Test
    void says_that_a_port_is_in_use() throws Exception {
        Files.createDirectories(folder.resolve("town"));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Cli told = Cli.run("serve", folder.resolve("town"), "--port", taken.getLocalPort());

            assertThat(told.status()).isEqualTo(2);
            assertThat(told.err())
                    .contains("127.0.0.1:" + taken.getLocalPort(), "--port")
                    .hasLineCount(1);
        }
    }

    @Test
    void says_what_is_wrong_with_a_port_a_host_and_a_token() {
        for (List<String> wrong :
                List.of(List.of("--port", "70000"), List.of("--host", "no such host"), List.of("--token", " "))) {
            Cli told = Cli.run("serve", folder, wrong.get(0), wrong.get(1));

            assertThat(told.status()).as(wrong.toString()).isEqualTo(2);
            assertThat(told.err()).hasLineCount(1);
        }
    }

    private static URI address(String line) {
        int start = line.indexOf("http://");
        return URI.create(line.substring(start, line.indexOf(' ', start)));
    }

    private static String body(URI address) throws IOException {
        try (InputStream in = address.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream stream(URI address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setRequestProperty("Accept", "text/event-stream");
        connection.setReadTimeout(60_000);
        return connection.getInputStream();
    }

    private static Process start(Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Recount.class.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command).start();
    }
}
