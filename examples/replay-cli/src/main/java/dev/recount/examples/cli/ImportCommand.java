package dev.recount.examples.cli;

import dev.recount.examples.cli.output.Json;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.examples.town.importing.RowsRemoved;
import dev.recount.store.EventStore;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "import",
        description = "Takes a log of another form into a rig, which is created where there is none.",
        footer = {
            "",
            "beads: the audit log of a bead tool, or the history of a bead file, one JSON object a line.",
            "jsonl: events as 'events --json' and 'export --format jsonl' write them.",
            "Files may be packed with gzip. Importing again stores only what is new. A rig from which 'retain' removed events",
            "can no longer tell which rows of beads are new, and is refused.",
            "",
            "Exit status 0: done; rows that could not be taken are listed. 2: not a single row could be taken,",
            "or the rig was refused."
        })
final class ImportCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}.")
    private ImportFormat format = ImportFormat.beads;

    @Option(names = "--events", required = true, paramLabel = "FILE", description = "The file to import.")
    private Path events = Path.of("");

    @Option(names = "--into", required = true, paramLabel = "RIG.db", description = "The rig to import it into.")
    private Path into = Path.of("");

    @Mixin
    private AnswerForm answer = new AnswerForm();

    ImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!Files.isRegularFile(events) || !Files.isReadable(events)) {
            throw Failure.badInput(
                    "no_events_file", "There is no readable file at " + events + ". Give the file to import.");
        }
        if (Files.isDirectory(into)) {
            throw Failure.badInput("bad_target", into + " is a folder. Give the path of a rig's .db file.");
        }
        ImportAnswer done = read();
        print(done);
        if (done.tookNothing()) {
            throw Failure.badInput(
                    "nothing_taken",
                    events + " holds " + (done.read() == 0 ? "no row" : "not a single row that could be taken")
                            + ", so nothing was imported. Give a file of the format " + format + '.');
        }
        return ExitStatus.DONE;
    }

    private ImportAnswer read() {
        CreatedRig created = CreatedRig.before(into);
        ImportAnswer done;
        boolean empty;
        try (EventStore store = SqliteEventStore.open(into, format.options())) {
            done = format.read(store, events);
            empty = store.info().head() == 0;
        } catch (RowsRemoved e) {
            throw Failure.badInput("rows_removed", into + " takes no import: " + e.getMessage());
        }
        if (done.tookNothing() && empty) {
            created.removeEmpty();
        } else {
            TownRig.bringTablesUpToDate(into);
        }
        return done;
    }

    private void print(ImportAnswer done) {
        if (answer.isJson()) {
            Json.write(terminal, done);
            return;
        }
        terminal.line(String.format(
                Locale.ROOT,
                "Read %,d lines about %,d entities: %,d events newly stored in %s.",
                done.read(),
                done.entities(),
                done.events(),
                into));
        if (!done.unresolved().isEmpty()) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "%,d lines could not be taken:",
                    done.unresolved().size()));
            done.unresolved()
                    .forEach(line -> terminal.line("  line " + line.line() + ": " + Printable.text(line.reason())));
        }
    }
}
