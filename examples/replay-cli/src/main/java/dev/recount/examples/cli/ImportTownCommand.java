package dev.recount.examples.cli;

import dev.recount.EventLog;
import dev.recount.examples.cli.output.Json;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownLog;
import dev.recount.examples.town.importing.ImportReport;
import dev.recount.examples.town.importing.RowsRemoved;
import dev.recount.examples.town.importing.TownImport;
import dev.recount.examples.town.importing.Unresolved;
import dev.recount.store.sqlite.SqliteTown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import-town",
        description = "Takes a folder of bead files into a town: *.issues.jsonl becomes one rig each.",
        footer = {
            "",
            "routes.jsonl and town.events.jsonl are used where they are. Importing again stores only what is new. Where 'retain'",
            "removed events from one of the rigs, it can no longer tell what is new, and nothing is imported.",
            "",
            "Exit status 0: done; rows that could not be taken are listed. 2: not a single row could be taken,",
            "or a rig was refused."
        })
final class ImportTownCommand implements Callable<Integer> {

    private static final int LISTED = 20;

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "FOLDER", description = "The folder to import.")
    private Path folder = Path.of("");

    @Option(
            names = "--into",
            required = true,
            paramLabel = "DIR",
            description = "The town's directory; created where missing.")
    private Path into = Path.of("");

    @Mixin
    private AnswerForm answer = new AnswerForm();

    ImportTownCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * The answer for programs. Immutable.
     *
     * @param read how many lines were read
     * @param events how many events were newly stored
     * @param entities how many different beads they are about
     * @param unresolved the lines that could not be taken as they stand, and why
     * @param rigs how many events each rig holds now
     */
    private record Answer(
            long read, long events, long entities, List<Unresolved> unresolved, SortedMap<String, Long> rigs) {}

    @Override
    public Integer call() {
        TownSource.require(folder);
        Answer done = read();
        if (answer.isJson()) {
            Json.write(terminal, done);
        } else {
            print(done);
        }
        if (done.entities() == 0) {
            throw Failure.badInput(
                    "nothing_taken",
                    folder + " holds " + (done.read() == 0 ? "no row" : "not a single row that could be taken")
                            + ", so nothing was imported. Give a folder of bead files.");
        }
        return ExitStatus.DONE;
    }

    private Answer read() {
        createTown();
        try (SqliteTown town = SqliteTown.open(into, TownRig.options())) {
            ImportReport report = TownImport.into(name -> rig(town, name)).read(folder);
            SortedMap<String, Long> rigs = new TreeMap<>();
            for (String rig : town.rigs()) {
                rigs.put(rig, town.rig(rig).info().head());
            }
            return new Answer(report.read(), report.events(), report.entities(), report.unresolved(), rigs);
        } catch (RowsRemoved e) {
            throw Failure.badInput("rows_removed", into + " takes no import: " + e.getMessage());
        }
    }

    private EventLog<TownEvent> rig(SqliteTown town, String name) {
        try {
            return TownLog.in(town.rig(name));
        } catch (IllegalArgumentException e) {
            throw Failure.badInput(
                    "bad_rig_name",
                    "The file " + folder.resolve(name + ".issues.jsonl") + " was not imported, nor any other: "
                            + e.getMessage());
        }
    }

    private void print(Answer done) {
        terminal.line(String.format(
                Locale.ROOT,
                "Read %,d lines about %,d beads: %,d events newly stored in %s.",
                done.read(),
                done.entities(),
                done.events(),
                into));
        done.rigs()
                .forEach((rig, events) -> terminal.line(String.format(Locale.ROOT, "  %,8d events  ", events)
                        + terminal.paint().ofName(rig, rig)));
        if (!done.unresolved().isEmpty()) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "%,d lines were not taken as they stand:",
                    done.unresolved().size()));
        }
        done.unresolved().stream()
                .limit(LISTED)
                .forEach(line -> terminal.line(
                        "  " + line.file() + " line " + line.line() + ": " + Printable.text(line.reason())));
        if (done.unresolved().size() > LISTED) {
            terminal.line("  and " + (done.unresolved().size() - LISTED) + " more; --json lists them all");
        }
    }

    private void createTown() {
        if (Files.exists(into) && !Files.isDirectory(into)) {
            throw Failure.badInput("bad_target", into + " is a file. Give a directory for the town.");
        }
        try {
            Files.createDirectories(into);
        } catch (IOException e) {
            throw Failure.badInput(
                    "bad_target", "Directory " + into + " cannot be made. Give one whose parent can be written to.");
        }
    }
}
