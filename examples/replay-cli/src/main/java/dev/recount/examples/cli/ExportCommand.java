package dev.recount.examples.cli;

import dev.recount.event.StoredEvent;
import dev.recount.examples.cli.output.Progress;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.store.EventStore;
import dev.recount.store.LogInfo;
import dev.recount.store.Query;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = "Writes all events in a form that other programs read.",
        footer = {
            "",
            "jsonl: one JSON object a line, as 'events --json' prints them.",
            "csv: RFC 4180 with a header; tags, data and metadata are JSON texts.",
            "cloudevents: CloudEvents 1.0, one JSON object a line."
        })
final class ExportCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private RigFile rig = new RigFile();

    @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}.")
    private ExportFormat format = ExportFormat.jsonl;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description =
                    "Write into this file, which is replaced when all is written. Without it: the standard output.")
    private @Nullable Path to;

    ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (EventStore store = rig.open()) {
            if (to == null) {
                write(store, terminal);
            } else {
                writeFile(store, to);
            }
        }
        return ExitStatus.DONE;
    }

    private void writeFile(EventStore store, Path file) {
        try (NewFile target = NewFile.replacing(file, rig.file())) {
            long events = write(store, target.content());
            target.complete();
            terminal.errorLine("Wrote " + events + " events to " + file + '.');
        }
    }

    private long write(EventStore store, Terminal into) {
        LogInfo log = store.info();
        Function<StoredEvent, String> form = format.of(rig.name(), log.logId());
        Counter written = new Counter();
        format.header().ifPresent(into::line);
        try (Progress progress = to == null ? Progress.silent(terminal) : Progress.of(terminal, "Exporting", false)) {
            Reading.of(Query.all())
                    .run(
                            store,
                            event -> {
                                into.line(form.apply(event));
                                written.increment();
                            },
                            page -> progress.at(page.upTo(), log.head()));
        }
        into.flush();
        return written.count();
    }

    private static final class Counter {

        private long count;

        void increment() {
            count++;
        }

        long count() {
            return count;
        }
    }
}
