package dev.recount.examples.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.recount.examples.cli.model.Model;
import dev.recount.examples.cli.model.Verdict;
import dev.recount.examples.cli.output.Json;
import dev.recount.examples.cli.output.Progress;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.replay.Replay;
import dev.recount.replay.Replayed;
import dev.recount.replay.StateHistory;
import dev.recount.replay.Verification;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.EventStore;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description =
                "Replays a read model from sequence zero and compares it with the live one, row by row and field by field.",
        footer = {
            "",
            "The live one is in the rig's own tables, or in the file given with --expect.",
            "The labels of beads come from each bead in that file, or from a labels.jsonl beside it; where neither",
            "has them, labels are not compared, and the answer says so.",
            "missing: rows that only the live side has; extra: rows that only the replay has.",
            "Exit status 1 where anything differs."
        })
final class VerifyCommand implements Callable<Integer> {

    private static final int MAX_ATTEMPTS = 5;

    private final Terminal terminal;

    @Mixin
    private RigFile rig = new RigFile();

    @Mixin
    private ModelChoice choice = new ModelChoice();

    @Option(
            names = "--expect",
            paramLabel = "FILE",
            description =
                    "Compare with this file: for beads an issues.jsonl; else one JSON value in the form of the state,"
                            + " or an object a line with its id.")
    private @Nullable Path expect;

    @Mixin
    private AnswerForm answer = new AnswerForm();

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return choice.with(this::verify);
    }

    private <S, E> int verify(Model<S, E> model) {
        try (SqliteEventStore store = rig.open()) {
            Verified verified = expect == null ? againstTables(model, store) : againstFile(model, store, expect);
            if (answer.isJson()) {
                Json.write(terminal, verified);
            } else {
                new VerdictReport(terminal)
                        .print(verified.model(), verified.sequence(), verified.skipped(), verified.verdict());
                RemovedEvents.tell(terminal, verified.floor());
            }
            return verified.verdict().isEqual() ? ExitStatus.DONE : ExitStatus.DIFFERENT;
        }
    }

    /**
     * The answer for programs. Immutable.
     *
     * @param model the name of the model
     * @param sequence up to where it was replayed
     * @param skipped how many events were left out since they cannot be decoded
     * @param floor the sequence up to which retention has removed events, so that the replay begins after it
     * @param verdict what was found
     */
    private record Verified(
            String model,
            long sequence,
            long skipped,
            long floor,
            @JsonUnwrapped Verdict verdict) {}

    private <S, E> Verified againstTables(Model<S, E> model, SqliteEventStore store) {
        SqlReadModel tables = model.tables().orElseThrow(this::noTables);
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            long sequence = sequenceOf(tables, store);
            Optional<S> live = stateIn(store, model);
            if (live.isEmpty()) {
                return verified(tables, store);
            }
            // The tables move with each append; what was read counts where they stood still meanwhile.
            if (sequenceOf(tables, store) == sequence) {
                return verified(model, store, live.get(), sequence);
            }
        }
        throw Failure.badInput(
                "log_in_motion",
                rig.file() + " was written to while its tables were read, " + MAX_ATTEMPTS
                        + " times. Try again when it is quieter.");
    }

    /** Empty, too, where the tables were changed so that no state can be read from them. */
    private static <S, E> Optional<S> stateIn(SqliteEventStore store, Model<S, E> model) {
        try {
            return model.stateIn(store);
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private long sequenceOf(SqlReadModel tables, SqliteEventStore store) {
        return TownRig.tablesSequence(store, tables.name()).orElseThrow(this::noTables);
    }

    private Verified verified(SqlReadModel tables, SqliteEventStore store) {
        try (Progress progress = Progress.of(terminal, "Replaying", answer.isJson())) {
            Verification found = store.verify(tables);
            progress.at(found.sequence(), found.sequence());
            return verified(found, store);
        } catch (IllegalArgumentException e) {
            throw Failure.badInput("no_live_model", String.valueOf(e.getMessage()));
        }
    }

    private <S, E> Verified verified(Model<S, E> model, EventStore store, S live, long sequence) {
        try (Progress progress = Progress.of(terminal, "Replaying", answer.isJson())) {
            Verification found = StateHistory.of(store, model.codec(), model.projector(), model.rows())
                    .reportingTo(now -> progress.at(now.sequence(), now.until()))
                    .verify(live, sequence);
            return verified(found, store);
        }
    }

    private Verified verified(Verification found, EventStore store) {
        return new Verified(
                choice.name(), found.sequence(), found.skipped(), store.info().floor(), Verdict.of(found));
    }

    private <S, E> Verified againstFile(Model<S, E> model, SqliteEventStore store, Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw Failure.badInput(
                    "no_expectation", "There is no readable file at " + file + ". Give the file with the live rows.");
        }
        Replayed<S> replayed = replay(store, model);
        try {
            return new Verified(
                    choice.name(),
                    replayed.sequence(),
                    replayed.skipped(),
                    replayed.after(),
                    model.compareWithFile(replayed.state(), file, store));
        } catch (IllegalArgumentException e) {
            throw Failure.badInput("bad_expectation", String.valueOf(e.getMessage()));
        }
    }

    private <S, E> Replayed<S> replay(EventStore store, Model<S, E> model) {
        try (Progress progress = Progress.of(terminal, "Replaying", answer.isJson())) {
            return Replay.of(store, model.codec(), model.projector())
                    .reportingTo(now -> progress.at(now.sequence(), now.until()))
                    .run();
        }
    }

    private Failure noTables() {
        return Failure.badInput(
                "no_live_model",
                rig.file() + " holds no tables of the model " + choice.name()
                        + ". Give --expect FILE with the rows to compare with.");
    }
}
