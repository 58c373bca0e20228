package dev.recount.examples.cli;

import dev.recount.examples.cli.output.Json;
import dev.recount.examples.cli.output.Paint;
import dev.recount.examples.cli.output.Progress;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.store.LogCheck;
import dev.recount.store.sqlite.SqliteEventStore;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "check",
        description = "Looks through the whole log: integrity, format, order, hash chain, tags, read-model checkpoints,"
                + " and events that cannot be decoded.",
        footer = {
            "",
            "Events are decoded with the example model whose event types the log holds; a log of another family is not decoded.",
            "Exit status 1 where anything is wrong."
        })
final class CheckCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private RigFile rig = new RigFile();

    @Mixin
    private AnswerForm answer = new AnswerForm();

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (SqliteEventStore store = rig.open()) {
            Checked checked = check(store);
            if (answer.isJson()) {
                Json.write(terminal, checked);
            } else {
                print(checked);
            }
            return checked.ok() ? ExitStatus.DONE : ExitStatus.DIFFERENT;
        }
    }

    private Checked check(SqliteEventStore store) {
        LogCheck log = look(store);
        try (Progress progress = Progress.of(terminal, "Decoding", answer.isJson())) {
            DecodingCheck.Findings decoding = new DecodingCheck(store).run(progress);
            return Checked.of(log, decoding, store.consumers().list(), store.retentions());
        }
    }

    private LogCheck look(SqliteEventStore store) {
        try (Progress progress = Progress.of(terminal, "Checking", answer.isJson())) {
            long head = store.info().head();
            return store.check(sequence -> progress.at(sequence, head));
        }
    }

    private void print(Checked checked) {
        Paint paint = terminal.paint();
        terminal.line(String.format(
                Locale.ROOT,
                "%s  %,d events of log %s, format %d, head %d, floor %d, hash chain %s",
                checked.ok() ? paint.good("ok") : paint.bad("not ok"),
                checked.events(),
                checked.logId(),
                checked.format(),
                checked.head(),
                checked.floor(),
                checked.chain()));
        checked.consumers()
                .forEach(consumer -> terminal.line("  " + consumer.kind() + ' ' + Printable.text(consumer.name())
                        + " has read up to " + consumer.checkpoint()));
        checked.retentions()
                .forEach(removed -> terminal.line(String.format(
                        Locale.ROOT,
                        "  %,d events up to %d were removed at %s%s",
                        removed.events(),
                        removed.floor(),
                        removed.at(),
                        removed.by().map(name -> " by " + Printable.text(name)).orElse(""))));
        for (Checked.Problem problem : checked.problems()) {
            String where = problem.sequence() == 0 ? "" : " at " + problem.sequence();
            terminal.line("  " + paint.bad(problem.kind()) + where + ": " + Printable.text(problem.reason()));
        }
        long unlisted = checked.problemCount() - checked.problems().size();
        if (unlisted > 0) {
            terminal.line("  and " + unlisted + " more");
        }
    }
}
