package dev.recount.examples.cli;

import dev.recount.examples.cli.output.Json;
import dev.recount.examples.cli.output.Progress;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.store.LogConsumer;
import dev.recount.store.Retained;
import dev.recount.store.Retention;
import dev.recount.store.RetentionRefused;
import dev.recount.store.sqlite.SqliteEventStore;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "retain",
        description = "Removes the oldest events of a log for good, and keeps the newest or those from a moment on.",
        footer = {
            "",
            "Nothing is removed that a read model or a registered consumer of the log has yet to read.",
            "--before 412 keeps event 412; --before a time keeps what was stored then or later.",
            "A read model that no program keeps any more is withdrawn with --withdraw: its tables go, too.",
            "Exit status 2 where a consumer has not read as far."
        })
final class RetainCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private RigFile rig = new RigFile();

    @ArgGroup(multiplicity = "1")
    private Keep keep = new Keep();

    @Option(names = "--dry-run", description = "Remove nothing, and tell what would be removed.")
    private boolean dryRun;

    @Option(
            names = "--withdraw",
            paramLabel = "MODEL",
            description = "First take this read model out of the log, which no program keeps any more.")
    private List<String> withdrawn = List.of();

    @Option(names = "--by", paramLabel = "NAME", description = "In whose name; kept in the log's record of it.")
    private @Nullable String by;

    @Mixin
    private AnswerForm answer = new AnswerForm();

    RetainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What is kept. */
    static final class Keep {

        @Option(names = "--newest", paramLabel = "N", description = "Keep the newest N events.")
        private @Nullable Long newest;

        @Option(
                names = "--before",
                paramLabel = "MOMENT",
                converter = Moment.Converter.class,
                description = "Remove what comes before a moment.")
        private @Nullable Moment before;

        Retention retention() {
            try {
                return newest == null && before != null
                        ? before.retention()
                        : Retention.newest(newest == null ? 0 : newest);
            } catch (IllegalArgumentException e) {
                throw Failure.badInput("bad_retention", String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * The answer for programs. Immutable.
     *
     * @param floorBefore the sequence up to which events had been removed before
     * @param floor the sequence up to which events are removed now
     * @param head the newest sequence
     * @param removed how many events were removed, or would be
     * @param dryRun whether nothing was removed
     * @param consumers those on whom retention waits, the slowest first
     */
    private record Answer(
            long floorBefore, long floor, long head, long removed, boolean dryRun, List<LogConsumer> consumers) {

        Answer {
            consumers = List.copyOf(consumers);
        }
    }

    @Override
    public Integer call() {
        Retention asked = by == null ? keep.retention() : keep.retention().by(by);
        if (dryRun && !withdrawn.isEmpty()) {
            throw Failure.badInput(
                    "bad_usage", "--withdraw changes the log, and --dry-run does not. Give one of them.");
        }
        try (SqliteEventStore store = dryRun ? rig.open() : rig.openToWrite()) {
            withdrawFor(asked, store);
            Retained retained = retain(store, asked);
            Answer done = new Answer(
                    retained.floorBefore(),
                    retained.floor(),
                    store.info().head(),
                    retained.events(),
                    dryRun,
                    store.consumers().list());
            if (answer.isJson()) {
                Json.write(terminal, done);
            } else {
                print(done);
            }
        }
        return ExitStatus.DONE;
    }

    // Tables that are gone do not come back because the rest is refused then.
    private void withdrawFor(Retention asked, SqliteEventStore store) {
        if (withdrawn.isEmpty()) {
            return;
        }
        long floor = floorOf(store, asked);
        List<LogConsumer> readers = store.consumers().list();
        List<LogConsumer> going = readers.stream().filter(this::isWithdrawn).toList();
        List<String> known = going.stream().map(LogConsumer::name).toList();
        withdraw(store, withdrawn.stream().filter(name -> !known.contains(name)).toList());
        for (LogConsumer reader : readers) {
            if (!going.contains(reader) && reader.checkpoint() < floor) {
                throw Failure.badInput(
                        "consumer_behind",
                        "Events up to sequence " + floor + " cannot be removed: " + reader.kind() + " '" + reader.name()
                                + "' has read up to " + reader.checkpoint()
                                + " only. Nothing was withdrawn. Let it read on, or keep more.");
            }
        }
        withdraw(store, known.stream().distinct().toList());
    }

    private boolean isWithdrawn(LogConsumer reader) {
        return reader.kind().contains("read model") && withdrawn.contains(reader.name());
    }

    private static long floorOf(SqliteEventStore store, Retention asked) {
        try {
            return asked.floorIn(store);
        } catch (IllegalArgumentException e) {
            throw Failure.badInput("bad_retention", String.valueOf(e.getMessage()));
        }
    }

    private static void withdraw(SqliteEventStore store, List<String> models) {
        try {
            models.forEach(store::withdraw);
        } catch (IllegalArgumentException e) {
            throw Failure.badInput("unknown_model", String.valueOf(e.getMessage()));
        }
    }

    private Retained retain(SqliteEventStore store, Retention asked) {
        try (Progress progress = Progress.of(terminal, "Removing", answer.isJson())) {
            if (dryRun) {
                return store.retain(asked.asDryRun());
            }
            long before = store.info().floor();
            long whole = asked.floorIn(store) - before;
            return store.retain(asked.reportingTo(floor -> progress.at(floor - before, whole)));
        } catch (RetentionRefused e) {
            String here = e.consumer().kind().contains("read model")
                    ? " To withdraw it here, add --withdraw " + e.consumer().name() + "."
                    : "";
            throw Failure.badInput("consumer_behind", e.getMessage() + here);
        } catch (IllegalArgumentException e) {
            throw Failure.badInput("bad_retention", String.valueOf(e.getMessage()));
        }
    }

    private void print(Answer done) {
        terminal.line(String.format(
                Locale.ROOT,
                "%s %,d events: the floor %s from %d to %d, and the head is %d.",
                done.dryRun() ? "Would remove" : "Removed",
                done.removed(),
                done.dryRun() ? "would move" : "moved",
                done.floorBefore(),
                done.floor(),
                done.head()));
        for (LogConsumer consumer : done.consumers()) {
            terminal.line("  " + consumer.kind() + ' ' + Printable.text(consumer.name()) + " has read up to "
                    + consumer.checkpoint());
        }
    }
}
