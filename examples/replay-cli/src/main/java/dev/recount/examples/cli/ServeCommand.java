package dev.recount.examples.cli;

import dev.recount.examples.cli.output.Terminal;
import dev.recount.examples.dashboard.DashboardOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "serve",
        description = "Serves a town: its dashboard for people, its feeds for programs, until the command is ended.",
        footer = {
            "",
            "Every *.db in DIR is a rig; rigs that come later are found. Exit status 0 when it is told to end (Ctrl-C).",
            "The feeds are at /api/rigs/RIG/events and /api/towns/TOWN/events, as JSON pages and as server-sent events."
        })
final class ServeCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "The directory of the rigs.")
    private Path directory = Path.of("");

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port, by default ${DEFAULT-VALUE}; 0 for any that is free.")
    private int port = Served.DEFAULT_PORT;

    @Option(
            names = "--host",
            paramLabel = "H",
            description = "The host to listen on, by default ${DEFAULT-VALUE}; 0.0.0.0 for all that this machine has.")
    private String host = "127.0.0.1";

    @Option(
            names = "--token",
            paramLabel = "T",
            description =
                    "Answer only who knows this token: programs as Authorization: Bearer, browsers by signing in.")
    private @Nullable String token;

    @Option(
            names = "--system",
            paramLabel = "NAME",
            description = "What the rigs hold: town, workspaces or orchestration. Without it their events tell.")
    private @Nullable String system;

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!Files.isDirectory(directory)) {
            throw Failure.badInput(
                    "no_town", "There is no directory " + directory + ". Give the directory that holds the rigs.");
        }
        try (Served served = Served.start(terminal, directory, options(), Optional.ofNullable(system))) {
            served.await();
        }
        return ExitStatus.DONE;
    }

    private DashboardOptions options() {
        try {
            DashboardOptions open = DashboardOptions.defaults().withHost(host).withPort(port);
            return token == null ? open : open.withToken(token);
        } catch (IllegalArgumentException e) {
            throw Failure.badInput("bad_option", String.valueOf(e.getMessage()));
        }
    }
}
