package dev.recount.examples.cli;

import dev.recount.examples.cli.output.Paint;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.examples.dashboard.DashboardOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description =
                "Shows it all in some seconds: three rigs, simulated agents under the real rules, their feed, a replay from"
                        + " zero, and the proof that the live tables equal it.")
final class DemoCommand implements Callable<Integer> {

    private static final Duration PACE = Duration.ofMillis(45);

    private final Terminal terminal;

    @Option(
            names = "--into",
            paramLabel = "DIR",
            description = "Keep the rigs in this directory. Without it: in a temporary one.")
    private @Nullable Path into;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What the agents do depends on it; the same seed, the same doings.")
    private long seed = 8;

    @Option(
            names = "--serve",
            description = "Show the town in the browser, where the agents go on working until the command is ended.")
    private boolean serve;

    @Option(names = "--port", paramLabel = "N", description = "The port of --serve; 0 for any that is free.")
    private int port = Served.DEFAULT_PORT;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Paint paint = terminal.paint();
        Path directory = directory();
        terminal.line(paint.bold("Three rigs, each one SQLite file in " + directory + ". The agents go to work:"));
        terminal.line("");
        boolean equal;
        try (DemoTown town = DemoTown.in(directory, terminal)) {
            // A person wants to read along; a program does not want to wait.
            town.work(seed, terminal.outIsTerminal() ? PACE : Duration.ZERO);
            terminal.line("");
            terminal.line(paint.bold("Now every rig again from sequence zero, compared with its live tables:"));
            terminal.line("");
            equal = town.verify();
            if (serve) {
                terminal.line("");
                serve(town, directory);
            }
        }
        terminal.line("");
        tryNext(directory);
        return equal ? ExitStatus.DONE : ExitStatus.DIFFERENT;
    }

    private void serve(DemoTown town, Path directory) {
        Served served =
                Served.start(terminal, directory, DashboardOptions.defaults().withPort(port));
        try {
            town.workOn();
        } finally {
            served.close();
        }
    }

    private Path directory() {
        try {
            Path directory = into == null ? Files.createTempDirectory("recount-demo-") : Files.createDirectories(into);
            try (Stream<Path> files = Files.list(directory)) {
                if (files.anyMatch(file -> file.toString().endsWith(".db"))) {
                    throw Failure.badInput(
                            "bad_target",
                            directory + " holds rigs already. Give a new or empty directory for the demo.");
                }
            }
            return directory;
        } catch (IOException e) {
            throw Failure.badInput("bad_target", into + " cannot be used: " + e + ". Give a directory for the rigs.");
        }
    }

    private void tryNext(Path directory) {
        Path rig = directory.resolve(DemoTown.RIGS.get(0) + ".db");
        terminal.line(terminal.paint().bold("Try next:"));
        for (String command : List.of(
                "recount timeline " + rig + " bead:" + DemoTown.RIGS.get(0) + "-1",
                "recount events " + rig + " --type hooked --newest --limit 5",
                "recount replay " + rig + " --model beads --until 20",
                "recount whatif " + rig + " --model beads --against careful",
                "recount check " + rig,
                "recount stats " + rig)) {
            terminal.line("  " + command);
        }
    }
}
