package dev.recount.examples.cli;

import dev.recount.codec.UndecodableEvent;
import dev.recount.examples.cli.model.Model;
import dev.recount.examples.cli.output.Json;
import dev.recount.examples.cli.output.Progress;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.replay.Replay;
import dev.recount.replay.Replayed;
import dev.recount.store.EventStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "replay",
        description = "Computes a read model from sequence zero and prints it.",
        footer = {"", "Example: recount replay town.db --model beads --until 412"})
final class ReplayCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private RigFile rig = new RigFile();

    @Mixin
    private ModelChoice choice = new ModelChoice();

    @Option(
            names = "--until",
            paramLabel = "MOMENT",
            converter = Moment.Converter.class,
            description = "Up to this sequence, or to what was stored up to this time. Without it: to the head.")
    private @Nullable Moment until;

    @Option(names = "--query", paramLabel = "KEY:VALUE", description = "Only events with this tag.")
    private List<String> tags = List.of();

    @Mixin
    private AnswerForm answer = new AnswerForm();

    @Option(names = "--quiet", description = "Leave out the state.")
    private boolean quiet;

    ReplayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return choice.with(this::replay);
    }

    private <S, E> int replay(Model<S, E> model) {
        try (EventStore store = rig.open()) {
            if (until != null && !answer.isJson()) {
                until.beforeAll(store).ifPresent(terminal::errorLine);
            }
            Replayed<S> replayed = run(store, model);
            if (answer.isJson()) {
                Json.write(terminal, answer(replayed, model));
            } else {
                print(replayed, model);
            }
        }
        return ExitStatus.DONE;
    }

    private <S, E> Replayed<S> run(EventStore store, Model<S, E> model) {
        try (Progress progress =
                quiet ? Progress.silent(terminal) : Progress.of(terminal, "Replaying", answer.isJson())) {
            Replay<S, E> replay = Replay.of(store, model.codec(), model.projector())
                    .matching(EventFilter.tagged(tags))
                    .reportingTo(now -> progress.at(now.sequence(), now.until()));
            return (until == null ? replay : replay.until(until.sequenceIn(store))).run();
        }
    }

    private <S> Map<String, Object> answer(Replayed<S> replayed, Model<S, ?> model) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("model", choice.name());
        fields.put("sequence", replayed.sequence());
        fields.put("after", replayed.after());
        fields.put("events", replayed.events());
        fields.put("skipped", replayed.skipped());
        fields.put("seconds", seconds(replayed.took()));
        if (!replayed.problems().isEmpty()) {
            fields.put(
                    "problems",
                    replayed.problems().stream().map(ReplayCommand::problem).toList());
        }
        if (!quiet) {
            fields.put("state", model.view(replayed.state()));
        }
        return fields;
    }

    private <S> void print(Replayed<S> replayed, Model<S, ?> model) {
        if (!quiet) {
            Json.writeIndented(terminal, model.view(replayed.state()));
        }
        terminal.line(String.format(
                Locale.ROOT,
                "Replayed %,d events up to sequence %d of %s into %s in %.3f s.",
                replayed.events(),
                replayed.sequence(),
                rig.name(),
                choice.name(),
                seconds(replayed.took())));
        if (replayed.after() > 0) {
            terminal.line("It begins after sequence " + replayed.after() + ": retention removed what was before.");
        }
        if (replayed.skipped() > 0) {
            terminal.line(String.format(Locale.ROOT, "Left out %,d that cannot be decoded:", replayed.skipped()));
            replayed.problems().forEach(problem -> terminal.line("  " + problem.getMessage()));
        }
    }

    private static Map<String, Object> problem(UndecodableEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sequence", event.sequence());
        fields.put("kind", "undecodable");
        fields.put("reason", String.valueOf(event.getMessage()));
        return fields;
    }

    private static double seconds(Duration took) {
        return took.toMillis() / 1_000.0;
    }
}
