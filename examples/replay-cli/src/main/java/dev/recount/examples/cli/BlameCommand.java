package dev.recount.examples.cli;

import dev.recount.examples.cli.model.Model;
import dev.recount.examples.cli.output.Json;
import dev.recount.examples.cli.output.Progress;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.replay.Blame;
import dev.recount.replay.Replay;
import dev.recount.replay.StateHistory;
import dev.recount.store.EventStore;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "blame",
        description = "Tells every event that changed a row of a read model, or one field of it.",
        footer = {
            "",
            "Example: recount blame town.db --model beads --key gt-1a2b --field status",
            "Agents are rows of beads, too, as agent:ID.",
            "JSON: {model, key, field, sequence, value, skipped, floor,",
            "       changes: [{sequence, type, storedAt, actor, before, after}]}"
        })
final class BlameCommand implements Callable<Integer> {

    private static final int SHOWN_KEYS = 3;

    private final Terminal terminal;

    @Mixin
    private RigFile rig = new RigFile();

    @Mixin
    private ModelChoice choice = new ModelChoice();

    @Option(names = "--key", required = true, paramLabel = "K", description = "The key of the row.")
    private String key = "";

    @Option(names = "--field", paramLabel = "F", description = "The field. Without it: the whole row.")
    private @Nullable String field;

    @Mixin
    private AnswerForm answer = new AnswerForm();

    BlameCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return choice.with(this::blame);
    }

    private <S, E> int blame(Model<S, E> model) {
        try (EventStore store = rig.open()) {
            Blame blame = read(model, store, field);
            if (blame.changes().isEmpty() && blame.value() == null) {
                requireKnown(model, store);
            }
            if (answer.isJson()) {
                Json.write(
                        terminal,
                        BlameAnswer.of(choice.name(), blame, store.info().floor()));
            } else {
                new BlameReport(terminal, rig.name()).print(choice.name(), blame);
                RemovedEvents.tell(terminal, store.info().floor());
            }
        }
        return ExitStatus.DONE;
    }

    private <S, E> Blame read(Model<S, E> model, EventStore store, @Nullable String of) {
        try (Progress progress = Progress.of(terminal, "Reading", answer.isJson())) {
            StateHistory<S, E> history = StateHistory.of(store, model.codec(), model.projector(), model.rows())
                    .reportingTo(now -> progress.at(now.sequence(), now.until()));
            return of == null ? history.blame(key) : history.blame(key, of);
        }
    }

    // A value that never was may be one that has not come yet, or a word that was misspelt.
    private <S, E> void requireKnown(Model<S, E> model, EventStore store) {
        Blame row = read(model, store, null);
        if (row.changes().isEmpty() && row.value() == null) {
            throw unknownKey(model, store);
        }
        Set<String> fields = BlameAnswer.fields(row);
        if (field != null && !fields.contains(field)) {
            throw Failure.badInput(
                    "unknown_field",
                    "Row '" + key + "' of " + choice.name() + " never had a field '" + field + "'. Give one of "
                            + String.join(", ", fields) + ".");
        }
    }

    private <S, E> Failure unknownKey(Model<S, E> model, EventStore store) {
        S state = Replay.of(store, model.codec(), model.projector()).run().state();
        Set<String> keys = new TreeSet<>(model.rows().keys(state));
        String advice = keys.isEmpty()
                ? "It has no rows."
                : "Give a key such as "
                        + keys.stream().limit(SHOWN_KEYS).collect(Collectors.joining(", "))
                        + "; replay lists all.";
        long floor = store.info().floor();
        String since = floor == 0
                ? "There never was a row '"
                : "After sequence " + floor + ", up to which retention removed the events, there was no row '";
        return Failure.badInput("unknown_key", since + key + "' in " + choice.name() + ". " + advice);
    }
}
