package dev.recount.examples.cli;

import dev.recount.examples.cli.model.Model;
import dev.recount.examples.cli.output.Json;
import dev.recount.examples.cli.output.Progress;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.replay.StateDiff;
import dev.recount.replay.StateHistory;
import dev.recount.store.EventStore;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "diff",
        description = "Tells what became of a read model between two moments, row by row and field by field.",
        footer = {
            "",
            "Example: recount diff town.db --model beads --from 2026-03-03T10:00:00Z",
            "JSON: {model, from, to, skipped, changed: [{key, field, before, after, lastSequence}],",
            "       added: [key], removed: [key]}. lastSequence: the event between them that changed it last, 0 where not known.",
            "Exit status 0 also where something differs; with --quiet then 1."
        })
final class DiffCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private RigFile rig = new RigFile();

    @Mixin
    private ModelChoice choice = new ModelChoice();

    @Option(
            names = "--from",
            required = true,
            paramLabel = "MOMENT",
            converter = Moment.Converter.class,
            description = "The first moment: a sequence or a time. 0 is before the first event.")
    private @Nullable Moment from;

    @Option(
            names = "--to",
            paramLabel = "MOMENT",
            converter = Moment.Converter.class,
            description = "The second moment. Without it: the head.")
    private @Nullable Moment to;

    @Mixin
    private AnswerForm answer = new AnswerForm();

    @Option(names = "--quiet", description = "Print nothing; the exit status is 1 where anything differs.")
    private boolean quiet;

    DiffCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return choice.with(this::diff);
    }

    private <S, E> int diff(Model<S, E> model) {
        try (EventStore store = rig.open()) {
            StateDiff diff = read(model, store);
            if (quiet) {
                return diff.isEqual() ? ExitStatus.DONE : ExitStatus.DIFFERENT;
            }
            DiffCauses<S, E> causes = DiffCauses.of(model, store, diff);
            if (answer.isJson()) {
                Json.write(
                        terminal,
                        DiffAnswer.of(choice.name(), diff, causes, store.info().floor()));
            } else {
                new DiffReport(terminal, causes).print(choice.name(), diff);
                RemovedEvents.tell(terminal, store.info().floor());
            }
            return ExitStatus.DONE;
        }
    }

    private <S, E> StateDiff read(Model<S, E> model, EventStore store) {
        try (Progress progress =
                quiet ? Progress.silent(terminal) : Progress.of(terminal, "Replaying", answer.isJson())) {
            return StateHistory.of(store, model.codec(), model.projector(), model.rows())
                    .reportingTo(now -> progress.at(now.sequence(), now.until()))
                    .diff(sequence(from, store), sequence(to, store));
        }
    }

    private static long sequence(@Nullable Moment moment, EventStore store) {
        return moment == null ? Long.MAX_VALUE : moment.sequenceIn(store);
    }
}
